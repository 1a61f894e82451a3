"""怎样没有送成: what went wrong on the wire, in the words of whoever has to look, not of a library."""

import asyncssh
import urllib3.exceptions as http

# the narrower first
WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (http.NewConnectionError, "连不上"),
    (http.TimeoutError, "超过了时限"),
    (http.SSLError, "证书不符"),
    (http.ProtocolError, "连接断了"),
    (TimeoutError, "超过了时限"),
    (ConnectionRefusedError, "连不上"),
    (ConnectionError, "连接断了"),
    (asyncssh.HostKeyNotVerifiable, "不是约定的主机公钥"),
    (asyncssh.PermissionDenied, "对方不认我方的钥匙"),
    (asyncssh.SFTPNoSuchFile, "对方没有这个文件"),
    (asyncssh.SFTPConnectionLost, "连接断了"),
    (asyncssh.SFTPNoConnection, "连接断了"),
    (asyncssh.DisconnectError, "连接断了"),
    (asyncssh.SFTPError, "对方没有存下"),
    (OSError, "连不上"),
)


def plain(why: BaseException) -> str:
    """这是怎么了; the name of the error where we have no word for it."""
    return next((words for kind, words in WORDS if isinstance(why, kind)), type(why).__name__)
