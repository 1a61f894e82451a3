"""端口: what was chosen stays ours until the process that listens there has come, and while it is restarted."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from daoli_credit.embedded.ports import HERE, claimed, keep, kept_port, number
from daoli_credit.embedded.run import port_number


@contextmanager
def serving(port: int) -> Iterator[None]:
    """A server as all of ours are: it asks for the address to be reused."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((HERE, port))
        server.listen()
        with socket.create_connection((HERE, port), timeout=10):
            yield


def test_whoever_is_told_the_number_may_listen_there_and_come_back() -> None:
    with kept_port() as port:
        for _ in range(2):
            with serving(port):
                pass


def test_nobody_else_is_given_it_meanwhile() -> None:
    with kept_port() as port:
        others = [keep() for _ in range(200)]
        assert port not in {number(one) for one in others}
        for one in others:
            one.close()
        with keep(port) as asked_for:
            assert number(asked_for) != port
    with keep(port) as free_again:
        assert number(free_again) == port


def test_past_the_last_port_any_other_is_taken() -> None:
    with kept_port(65536) as port:
        assert 0 < port < 65536


def test_one_that_is_listened_at_is_refused_in_words() -> None:
    with (
        kept_port() as port,
        serving(port),
        pytest.raises(RuntimeError, match="可用 --port 换一个端口"),
        claimed(HERE, port),
    ):
        pytest.fail("claimed")


def test_a_claimed_one_is_kept_while_its_server_is_on_its_way() -> None:
    with kept_port() as port, claimed(HERE, port), serving(port):
        pass


@pytest.mark.parametrize("word", ["0", "65536", "-1", "八千", "８０００", "80.5", ""])
def test_what_is_no_port_is_said_before_anything_starts(word: str) -> None:
    with pytest.raises(Exception, match="1 至 65535"):
        port_number(word)
    assert port_number("8000") == 8000
