"""登录名和姓名."""

import re

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")
RESERVED = ("system", "admin", "root", "visitor")


def login_problem(username: str) -> str:
    """登录名有什么不对; empty when it may be taken. Citizens' rows begin with c-, so no official's may."""
    if not LOGIN.fullmatch(username):
        return "登录名用小写字母开头，3 至 40 个小写字母、数字、点、横线"
    if username in RESERVED or username.startswith("c-"):
        return f"登录名“{username}”留作他用，请另取一个"
    return ""


def name_problem(name: str) -> str:
    """姓名有什么不对."""
    if not 2 <= len(name) <= 40:
        return "姓名写 2 至 40 个字"
    if re.search(r"\d", name):
        return "姓名里不写数字；不要写工号、证件号码或者电话"
    return ""
