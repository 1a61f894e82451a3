"""问一次上级平台: one signed question, one verified answer, within a time. No database is touched here.

Whatever the wire or the other side does, the outcome is a `Reply`: who asks never hears an exception.
"""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError, ReadTimeoutError

from daoli_credit.signing import NONCE, problem, signed
from incentives.models.inbound import Outcome
from incentives.rules import inbound
from incentives.rules.inbound import Entry, NoAnswer
from incentives.sources import Source

PATH = "/lists"
LARGEST = 256 * 1024
CHUNK = 16 * 1024


@dataclass(frozen=True)
class Question:
    """问什么: about whom, which lists, for what, in words, and on which day."""

    source: Source
    id_number: str
    lists: tuple[str, ...]
    purpose: str
    day: date


@dataclass(frozen=True)
class Reply:
    """得到什么. `why` is a sentence for whoever reads the check, "" for an answer."""

    outcome: Outcome
    why: str = ""
    entries: tuple[Entry, ...] = ()
    took_ms: int = 0


class _Late(Exception):
    """时间到了."""


def ask(question: Question, within: float) -> Reply:
    """问一次, in at most so many seconds."""
    begun = time.monotonic()
    try:
        outcome, why, found = _asked(question, begun + within)
    except (_Late, requests.Timeout, ReadTimeoutError):
        outcome, why, found = Outcome.TIMEOUT, f"{within:g} 秒内没有答复", ()
    except (requests.RequestException, HTTPError) as what:
        outcome, why, found = Outcome.UNREACHABLE, f"没有连上（{type(what).__name__}）", ()
    return Reply(outcome, why, found, round((time.monotonic() - begun) * 1000))


def _asked(question: Question, until: float) -> tuple[Outcome, str, tuple[Entry, ...]]:
    source = question.source
    body = inbound.question(question.id_number, question.lists, question.purpose)
    target = urlsplit(source.url).path + PATH
    sender = settings.FEED_SENDER
    headers = signed(source.signer(), method="POST", path=target, body=body, sender=sender, now=time.time())
    status, told, answer = _sent(source, headers, body, until)
    if status in {401, 403}:
        return Outcome.REFUSED, f"对方拒绝答复（HTTP {status}）", ()
    if status != 200:
        return Outcome.FAILED, f"对方没有答复（HTTP {status}）", ()
    wrong = problem(
        source.believed(), method="POST", path=target, headers=told, body=answer, sender=source.code, now=time.time()
    )
    if not wrong and told.get(NONCE) != headers[NONCE]:
        wrong = "不是对这次提问的答复"
    if wrong:
        return Outcome.UNVERIFIED, f"答复不可信：{wrong}", ()
    try:
        found = inbound.entries(answer, id_number=question.id_number, lists=question.lists, today=question.day)
    except NoAnswer as why:
        return Outcome.UNREADABLE, str(why), ()
    return Outcome.ANSWERED, "", found


def _sent(source: Source, headers: dict[str, str], body: bytes, until: float) -> tuple[int, Mapping[str, str], bytes]:
    """One POST. Redirects are not followed; an answer that drips or never ends is cut off."""
    with requests.Session() as session:
        session.trust_env = False
        session.verify = source.ca or True
        if source.certificate:
            session.cert = (source.certificate, source.certificate_key or source.certificate)
        with session.post(
            source.url + PATH,
            data=body,
            headers={**headers, "Content-Type": "application/json", "Accept-Encoding": "identity"},
            timeout=_left(until),
            allow_redirects=False,
            stream=True,
        ) as answer:
            read = b""
            while chunk := answer.raw.read1(CHUNK):
                read += chunk
                _left(until)
                if len(read) > LARGEST:
                    return answer.status_code, {}, read[:LARGEST]
            return answer.status_code, answer.headers, read


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise _Late
    return left


def ask_all(questions: Sequence[Question], within: float) -> list[Reply]:
    """同时问, all of them together in at most so many seconds; one that is not back by then has not answered."""
    if not questions:
        return []
    pool = ThreadPoolExecutor(len(questions), thread_name_prefix="inbound")
    waiting = [pool.submit(ask, one, within) for one in questions]
    wait(waiting, timeout=within + 0.2)
    pool.shutdown(wait=False, cancel_futures=True)
    late = Reply(Outcome.TIMEOUT, f"{within:g} 秒内没有答复", (), round(within * 1000))
    return [one.result() if one.done() else late for one in waiting]
