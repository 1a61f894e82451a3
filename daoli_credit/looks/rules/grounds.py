"""暂缓告知的依据: the two articles that let a state organ tell later, as the pack cites them; and for how long."""

from datetime import date

from daoli_credit.law import clock, pack
from daoli_credit.law.citations import Citation
from daoli_credit.law.durations import Duration
from daoli_credit.law.status import FIRM

ARTICLES = ("pipl#35", "pipl#18")
LONGEST = Duration(months=6)


def citations() -> list[Citation]:
    """可以写的依据: those whose act is in force and whose text has been checked. A doubtful one permits nothing."""
    bases, today = pack.current().bases, clock.today()
    found = []
    for ref in ARTICLES:
        code, _, article = ref.partition("#")
        basis = bases.get(code)
        if basis and article in basis.articles and basis.status in FIRM and basis.in_force(today):
            found.append(Citation(basis, article))
    return found


def named(ref: str) -> str:
    """依据的名称, e.g. 《中华人民共和国个人信息保护法》第三十五条; also after the pack has moved on."""
    code, _, article = ref.partition("#")
    basis = pack.current().bases.get(code)
    return str(Citation(basis, article)) if basis else ref


def latest(asked_on: date) -> date:
    """最长暂缓到哪一天."""
    return LONGEST.after(asked_on)
