"""行为代码登记: every act that may be recorded. The code is stored; its sentence is shown, never stored."""

import re

_CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
_sentences: dict[str, str] = {}
_duties: dict[str, set[str]] = {}


class UnregisteredAct(LookupError):
    """未登记的行为: an act that no module has registered may not be recorded."""


def register(code: str, sentence: str, *, duty: str = "") -> str:
    """登记行为, e.g. register("record.approved", "复核通过"). Returns the code, so that it can be a constant.

    `duty` is the verb that the act exercises: a list of rights that nobody uses is made of it.
    Raises ValueError for a code that is malformed or already taken, or an empty sentence.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"行为代码应为“名词.行为”，小写英文，现在是 {code!r}")
    if code in _sentences:
        raise ValueError(f"行为代码 {code} 已登记为“{_sentences[code]}”")
    if not sentence:
        raise ValueError(f"行为代码 {code} 缺少说明")
    _sentences[code] = sentence
    if duty:
        _duties.setdefault(duty, set()).add(code)
    return code


def exercising(duty: str) -> frozenset[str]:
    """行使这项职责的行为: the acts by which a verb is used; empty for one that only reads."""
    return frozenset(_duties.get(duty, ()))


def registered() -> dict[str, str]:
    """全部已登记的行为: code → sentence, a copy."""
    return dict(_sentences)


def demand(code: str) -> None:
    """Raises UnregisteredAct unless the code is registered."""
    if code not in _sentences:
        raise UnregisteredAct(f"行为 {code!r} 没有登记，不能记入存证")


def sentence(code: str) -> str:
    """行为的说法, for display. A code that has since been given up is shown as it was stored."""
    return _sentences.get(code, code)
