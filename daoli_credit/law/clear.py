"""无可拒收: what no rule of refusal can be about, seen at once; of a large sheet nearly every row.

Only ever a short way to an empty answer of `prohibited.findings`; whatever is not clear goes there.
"""

import re
from collections.abc import Iterable
from datetime import date

from daoli_credit.law.book import Pack
from daoli_credit.law.prohibited import NEW_CATALOGUE

AGE, BEFORE_2021 = "under-18-at-conduct-or-today", "determined-before-2021"
# Asked only of what a sheet never says (`None` in a `Submission`), so they find nothing here.
NOT_ASKED = {
    None,
    "declared-no-full-capacity",
    "no-effective-document",
    "simplified-procedure",
    "party-type-not-natural-person",
}


class Clear:
    """一眼看得出没有拒收意见. Each question is about one value, so that a sheet asks it once for equal values."""

    def __init__(self, pack: Pack, *, today: date) -> None:
        rules = pack.prohibited
        self._today = today
        self._kinds = frozenset(kind for rule in rules for kind in rule.categories)
        self._ground = [re.compile(pattern) for rule in rules for pattern in rule.legal_ground]
        self._text = [re.compile(pattern) for rule in rules for pattern in rule.text]
        self._rules = {rule.rule for rule in rules}
        self._adult, self._surely = pack.limit("age-min").years, pack.limit("age-no-doubt").years
        # a rule that this class does not know may be about anything
        self.knows = self._rules <= NOT_ASKED | {AGE, BEFORE_2021}

    def of_kinds(self, kinds: Iterable[str]) -> bool:
        """处罚种类."""
        return self._kinds.isdisjoint(kinds)

    def of_ground(self, text: str) -> bool:
        """处罚依据."""
        return not any(pattern.search(text) for pattern in self._ground)

    def of_text(self, text: str) -> bool:
        """正文."""
        return not any(pattern.search(text) for pattern in self._text)

    def grown_since(self, born: date | None) -> date | None:
        """从哪天以后不再有年龄的疑问: None when there is one today. Compare with conduct and determination."""
        if AGE not in self._rules:
            return date.min
        if born is None:
            return None
        last = max(self._adult.after(born), self._surely.after(born))
        return last if self._today > last else None

    def of_day(self, determined_on: date) -> bool:
        """认定日期."""
        return BEFORE_2021 not in self._rules or determined_on >= NEW_CATALOGUE
