"""守信三年: whether a person has been without a bad record, asked at this moment, never stored and never a list.

方案二（五）1; practice.md §2.8: only records that may still be used today, of the general and the serious class, count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from daoli_credit.law.rows import Limit

COUNTED = frozenset({"general", "serious"})


class Word(models.TextChoices):
    """答复. There is no fourth."""

    YES = "yes", "是"
    NO = "no", "否"
    HUMAN = "human", "需人工核实"


@dataclass(frozen=True)
class Fact:
    """一条今天仍可使用的记录, as far as the question needs it. `disputed`: objected to, reconsidered or sued over."""

    number: str
    title: str
    severity: str
    determined_on: date
    disputed: bool = False


@dataclass(frozen=True)
class Answer:
    """守信三年的答复: the word, why, and the records that bear on it. The records are for the person's own eyes."""

    word: Word
    says: str
    facts: tuple[Fact, ...] = ()

    @property
    def favours(self) -> bool:
        """是: nothing is ever taken from anybody because of another answer."""
        return self.word is Word.YES


def bears(fact: Fact, limit: Limit, on: date) -> bool:
    """算在内: of a class that counts, and its years are not over by this day."""
    return fact.severity in COUNTED and limit.years.after(fact.determined_on) > on


def answer(facts: Iterable[Fact], limit: Limit, *, on: date) -> Answer:
    """答复. What is undisputed decides; what is disputed alone is for a person to look at; doubt never says no."""
    if limit.value is None:
        return Answer(Word.HUMAN, "规则中没有“守信三年”的年限，请人工核实。")
    found = tuple(fact for fact in facts if bears(fact, limit, on))
    if not found:
        return Answer(Word.YES, f"最近{limit.value}年没有仍在使用的一般、严重类记录。")
    if all(fact.disputed for fact in found):
        return Answer(Word.HUMAN, "只有正在异议、复议或者诉讼中的记录，请人工核实；不能据此答复“否”。", found)
    sure = tuple(fact for fact in found if not fact.disputed)
    return Answer(Word.NO, f"最近{limit.value}年有仍在使用的一般、严重类记录。照常办理，不因此减少任何服务。", sure)
