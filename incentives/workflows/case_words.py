"""案件里的字: what is typed into a case stands there in plain, so nothing typed names anybody by number."""

from collections.abc import Mapping

from django.db import models

from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.audit.opinion import checked as without_numbers
from daoli_credit.workflow import RuleBroken

CHUNK = 500
# our own numbers, and the code of a body, which has eighteen digits too
CODES = frozenset({"number", "authority_code"})


def _typed(field: models.Field) -> bool:  # type: ignore[type-arg]
    words = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
    return words and not field.choices and field.name not in CODES


def words(row: models.Model) -> dict[str, str]:
    """这一件上的文字, by column: what can be typed, not what is chosen."""
    return {field.name: getattr(row, field.attname) or "" for field in row._meta.concrete_fields if _typed(field)}


def demand(row: models.Model, before: Mapping[str, str]) -> None:
    """新写的字里没有号码. What stood there before is not asked again: an old slip must not hold up a later step.

    Raises RuleBroken naming the column.
    """
    titles = {field.name: field.verbose_name for field in row._meta.concrete_fields}
    for name, text in words(row).items():
        if text == before[name]:
            continue
        try:
            for start in range(0, max(len(text), 1), CHUNK // 2):  # halves overlap: no number hides on a seam
                without_numbers(text[start : start + CHUNK])
        except OpinionRefused:
            raise RuleBroken(f"“{titles[name]}”里不要写证件号码和电话；当事人已经写在件上，页面上是遮盖的") from None
