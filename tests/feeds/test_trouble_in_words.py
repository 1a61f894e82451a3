"""怎样没有送成: the operator reads what went wrong on the wire, never the name that a library gives it."""

import asyncssh
import pytest
import urllib3.exceptions as http

from daoli_credit.feeds.adapters.trouble import WORDS, plain


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
        (asyncssh.HostKeyNotVerifiable("other"), "不是约定的主机公钥"),
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
