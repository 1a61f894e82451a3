"""怎样没有送成: the operator reads what went wrong on the wire, never the name that a library gives it."""

import ssl

import asyncssh
import pytest
import urllib3.exceptions as http

from daoli_credit.feeds.adapters.trouble import UNREADABLE, WORDS, plain, refused


def alert(reason: str, part: str = "SSL") -> http.SSLError:
    """As OpenSSL says it: which of its parts, and the reason."""
    why = ssl.SSLError(1, f"[{part}: {reason}] {reason.lower().replace('_', ' ')} (_ssl.c:1000)")
    why.reason = reason
    return http.SSLError(why)


def theirs(number: int) -> http.SSLError:
    """The other side's certificate did not stand up to ours to check it."""
    why = ssl.SSLCertVerificationError(1, "certificate verify failed")
    why.verify_code = number
    return http.SSLError(why)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (http.ReadTimeoutError(None, "/batches", "slow"), "超过了时限"),  # type: ignore[arg-type]
        (http.NewConnectionError(None, "refused"), "连不上"),  # type: ignore[arg-type]
        (http.ProtocolError("reset"), "连接断了"),
        (http.SSLError("another issuer"), "证书不符"),
        (TimeoutError(), "超过了时限"),
        (ConnectionRefusedError(), "连不上"),
        (ConnectionResetError(), "连接断了"),
        (theirs(10), "对方的证书过期了"),
        (theirs(9), "对方的证书还没有到生效时间"),
        (theirs(62), "对方的证书不是这个地址的"),
        (theirs(64), "对方的证书不是这个地址的"),
        (theirs(20), "对方的证书不是约定的签发者签发的"),
        (alert("TLSV13_ALERT_CERTIFICATE_REQUIRED"), "对方要我方的证书，我方没有出示"),
        (alert("SSLV3_ALERT_CERTIFICATE_EXPIRED"), "我方的证书过期了"),
        (alert("SSLV3_ALERT_CERTIFICATE_REVOKED"), "我方的证书被吊销了"),
        (alert("TLSV1_ALERT_UNKNOWN_CA"), "对方不认我方的证书"),
        (alert("SSLV3_ALERT_BAD_CERTIFICATE"), "对方不认我方的证书"),
        (alert("TLSV1_ALERT_PROTOCOL_VERSION"), "证书不符"),
        (http.SSLError(ssl.SSLEOFError(8, "EOF")), "对方在加密握手时断开，多半是不认我方的证书"),
        (alert("KEY_VALUES_MISMATCH", "X509"), UNREADABLE),
        (alert("NO_CERTIFICATE_OR_CRL_FOUND", "X509"), UNREADABLE),
        (alert("NO_START_LINE", "PEM"), UNREADABLE),
        (http.ProtocolError("Connection aborted.", FileNotFoundError(2, "no")), UNREADABLE),
        (http.SSLError(PermissionError(13, "no")), UNREADABLE),
        (asyncssh.KeyImportError("Invalid public key"), "设置里的对方主机公钥或者我方私钥读不懂"),
        (asyncssh.HostKeyNotVerifiable("other"), "对方的主机公钥不是约定的那一把"),
        (asyncssh.PermissionDenied("key"), "对方不认我方的钥匙"),
        (asyncssh.ConnectionLost("gone"), "连接断了"),
        (asyncssh.SFTPNoSuchFile("outbox"), "对方没有这个文件"),
        (asyncssh.SFTPFailure("no space"), "对方没有存下"),
        (OSError("no route"), "连不上"),
    ],
)
def test_what_went_wrong_is_said_in_words(why: BaseException, said: str) -> None:
    assert plain(why) == said


def test_what_we_have_no_word_for_keeps_its_name() -> None:
    assert plain(ValueError()) == "ValueError"


def test_the_narrower_comes_first() -> None:
    kinds = [kind for kind, _ in WORDS]
    assert not [(a, b) for i, a in enumerate(kinds) for b in kinds[i + 1 :] if issubclass(b, a)]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, b'{"error": "sender"}', '对方不认识我方的代码或者密钥号（{"error": "sender"}）'),
        (401, b'{"error": "signature"}', '对方说签名不符，两边的密钥不是同一把（{"error": "signature"}）'),
        (401, b'{"error": "clock"}', '对方说时间超出允许范围，请核对两边的钟（{"error": "clock"}）'),
        (401, b"", "对方不认我方的签名"),
        (507, b'{"error": "full-disk"}', '对方磁盘满，没有收下（{"error": "full-disk"}）'),
        (500, b"Traceback", "对方出错（Traceback）"),
        (418, b"[]", "对方没有收下（[]）"),
        (400, b"<h1>400 No required SSL certificate was sent</h1>", "对方不认我方的证书（<h1>400 No required SSL "),
    ],
)
def test_a_refusal_of_the_whole_batch_is_said_in_our_words_and_then_in_theirs(
    status: int, body: bytes, said: str
) -> None:
    assert refused(status, body).startswith(said)


def test_what_they_say_of_a_person_is_covered() -> None:
    assert "999999198803120028" not in refused(500, b"no such person 999999198803120028")
