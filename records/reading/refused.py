"""读不了: what every reader of a file raises, and the advice that most of the sentences end with."""

SAVE_AS = "请在表格软件里打开，另存为 .xlsx 后再上传"


class Refused(Exception):
    """The file cannot be read; says why and what to do."""
