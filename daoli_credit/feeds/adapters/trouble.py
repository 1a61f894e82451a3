"""怎样没有送成: what went wrong on the wire, in the words of whoever has to look, not of a library."""

import json
import ssl

import asyncssh
import urllib3.exceptions as http

from daoli_credit.feeds.masking import masked

BROKEN = "连接断了"
# the narrower first
WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (http.NewConnectionError, "连不上"),
    (http.TimeoutError, "超过了时限"),
    (http.SSLError, "证书不符"),
    (http.ProtocolError, BROKEN),
    (TimeoutError, "超过了时限"),
    (ConnectionRefusedError, "连不上"),
    (ConnectionError, BROKEN),
    (asyncssh.KeyImportError, "设置里的对方主机公钥或者我方私钥读不懂"),
    (asyncssh.HostKeyNotVerifiable, "对方的主机公钥不是约定的那一把"),
    (asyncssh.PermissionDenied, "对方不认我方的钥匙"),
    (asyncssh.SFTPNoSuchFile, "对方没有这个文件"),
    (asyncssh.SFTPConnectionLost, BROKEN),
    (asyncssh.SFTPNoConnection, BROKEN),
    (asyncssh.DisconnectError, BROKEN),
    (asyncssh.SFTPError, "对方没有存下"),
    (OSError, "连不上"),
)
UNREADABLE = "我方的证书文件读不出"
FILES = ("X509", "PEM")  # the parts of OpenSSL that read files
# what OpenSSL says of the other side's certificate, by its own numbers
THEIRS = {
    9: "对方的证书还没有到生效时间",
    10: "对方的证书过期了",
    62: "对方的证书不是这个地址的",
    64: "对方的证书不是这个地址的",
}
# what the other side says of ours; whatever else it says of a certificate is "does not know it"
OURS = {
    "CERTIFICATE_REQUIRED": "对方要我方的证书，我方没有出示",
    "CERTIFICATE_EXPIRED": "我方的证书过期了",
    "CERTIFICATE_REVOKED": "我方的证书被吊销了",
}
REFUSED = ("CERTIFICATE", "UNKNOWN_CA", "HANDSHAKE_FAILURE", "ACCESS_DENIED", "DECRYPT_ERROR")
# what a platform says in `error` (docs/feeds.md), and what a status says where it says nothing that we know
ERRORS = {
    "sender": "对方不认识我方的代码或者密钥号",
    "signature": "对方说签名不符，两边的密钥不是同一把",
    "clock": "对方说时间超出允许范围，请核对两边的钟",
    "clock-skew": "对方说时间超出允许范围，请核对两边的钟",
    "replayed": "对方说随机数用过了",
    "epoch": "对方说纪元是旧的，我方可能恢复过备份",
    "serial": "对方说包号用过了",
    "full-disk": "对方磁盘满，没有收下",
}
STATUSES = {
    400: "对方读不懂这一批",
    401: "对方不认我方的签名",
    403: "对方不许我方送",
    404: "对方没有这个地址",
    409: "对方说包号用过了",
    413: "对方说这一批太大",
    429: "对方说送得太快",
    507: "对方存不下",
}
FAILING = 500


def refused(status: int, body: bytes) -> str:
    """对方怎样拒绝了整批: in our words, then in theirs as they came, masked."""
    theirs = masked(body.decode(errors="replace"))
    try:
        code = str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        code = ""
    ours = ERRORS.get(code) or STATUSES.get(status) or ("对方出错" if status >= FAILING else "对方没有收下")
    if not code and b"SSL certificate" in body:  # a proxy in front of them says it in a page of its own
        ours = "对方不认我方的证书"
    return f"{ours}（{theirs}）" if theirs else ours


def plain(why: BaseException) -> str:
    """这是怎么了; the name of the error where we have no word for it."""
    beneath = _beneath(why)
    if isinstance(why, http.HTTPError) and isinstance(beneath, FileNotFoundError | PermissionError):
        return UNREADABLE
    if isinstance(beneath, ssl.SSLError) and (said := _tls(beneath)):
        return said
    return next((words for kind, words in WORDS if isinstance(why, kind)), type(why).__name__)


def _beneath(why: BaseException) -> BaseException:
    """What a library of connections has wrapped."""
    inner = next((one for one in reversed(why.args) if isinstance(one, BaseException)), None)
    return why if inner is None else inner


def _tls(why: ssl.SSLError) -> str:
    """Whose certificate it is about, and what is wrong with it; "" when that cannot be told."""
    if isinstance(why, ssl.SSLCertVerificationError):
        return THEIRS.get(why.verify_code, "对方的证书不是约定的签发者签发的")
    if isinstance(why, ssl.SSLEOFError):
        return "对方在加密握手时断开，多半是不认我方的证书"
    reason = why.reason or ""
    if "_ALERT_" not in reason:
        # nothing has been said on the wire yet: it is the files that we were told to read
        return UNREADABLE if any(part in str(why) for part in FILES) else ""
    said = next((words for alert, words in OURS.items() if reason.endswith(alert)), "")
    return said or ("对方不认我方的证书" if any(word in reason for word in REFUSED) else "")
