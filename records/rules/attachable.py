"""可收的附件: told by the first bytes, never by the name. Nothing is unpacked and nothing is rendered here."""

from records.models.attachment import Format
from records.rules.problem import Wrong

MOST_BYTES = 10 << 20
BEGINNINGS = ((b"%PDF-", Format.PDF), (b"\xff\xd8\xff", Format.JPEG), (b"\x89PNG\r\n\x1a\n", Format.PNG))
ZIP = b"PK\x03\x04"
OFD = b"OFD.xml"  # the entry that every OFD package has (GB/T 33190), by its name in the directory at the end
DIRECTORY = 1 << 16
KINDS = "PDF、OFD、JPG、PNG"


def sniff(data: bytes) -> Format:
    """核对文件: what it is. Raises Wrong for an empty, too large or unknown one."""
    if not data:
        raise Wrong("file-empty", "文件是空的（0 字节）", "请核对选对了文件")
    if len(data) > MOST_BYTES:
        raise Wrong("file-large", f"文件超过 {MOST_BYTES >> 20} MB", "请降低扫描的分辨率，或者分成几个文件")
    for beginning, kind in BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith(ZIP) and OFD in data[-DIRECTORY:]:
        return Format.OFD
    raise Wrong("file-kind", f"只收 {KINDS} 文件", "请扫描或者导出为 PDF 后再上传；改文件名没有用")
