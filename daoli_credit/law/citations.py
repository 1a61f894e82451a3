"""法源引用: a legal basis and the way an article of it is named in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daoli_credit.law.status import Status

DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """条号的汉字写法: 48 → 四十八. For 1 to 9999; ValueError outside."""
    if not 0 < number < 10_000:
        raise ValueError(f"条号应在一至九千九百九十九之间，现在是 {number}")
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


@dataclass(frozen=True, kw_only=True)
class Basis:
    """法律依据: one act in one version. `articles` are one-sentence paraphrases, never the text."""

    code: str
    title: str
    number: str
    level: str
    status: Status
    written: Status
    source: str
    articles: Mapping[str, str]
    effective_from: date | None
    effective_to: date | None
    text_as_of: date | None
    replaces: str | None
    digest: str

    def in_force(self, on: date) -> bool:
        return (self.effective_from is None or self.effective_from <= on) and not self.lapsed(on)

    def lapsed(self, on: date) -> bool:
        return self.effective_to is not None and self.effective_to < on


@dataclass(frozen=True)
class Citation:
    """引用: a basis and one of its articles; no article means that none has been checked."""

    basis: Basis
    article: str | None = None

    @property
    def ref(self) -> str:
        return f"{self.basis.code}#{self.article}" if self.article else self.basis.code

    @property
    def says(self) -> str:
        return self.basis.articles.get(self.article or "", "")

    def __str__(self) -> str:
        named = f"《{self.basis.title}》"
        if not self.article:
            return named
        if self.article.isdigit():
            return f"{named}第{numeral(int(self.article))}条"
        # State Council documents number their paragraphs in Chinese through all chapters: （六）.
        alone = all(letter in "一二三四五六七八九十" for letter in self.article)
        return f"{named}第（{self.article}）项" if alone else f"{named}{self.article}"
