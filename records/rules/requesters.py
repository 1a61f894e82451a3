"""谁能调取、凭哪一条: each kind of body with the articles that give it the power, as the pack cites them."""

from daoli_credit.law import clock, pack
from daoli_credit.law.citations import Citation
from daoli_credit.law.status import FIRM
from records.models.lawful_request import ARTICLES, Body

HEARSAY = "待核"


def _cited(ref: str) -> Citation | None:
    code, _, article = ref.partition("#")
    basis = pack.current().bases.get(code)
    return Citation(basis, article) if basis and article in basis.articles else None


def firm(ref: str) -> bool:
    """可以凭它提供: in force today, and its text was read or confirmed. A doubtful article gives nothing away.

    An article that the pack knows only by hearsay (转述待核) is doubtful also where the rest of its law was read.
    """
    found = _cited(ref)
    if found is None or found.basis.status not in FIRM or not found.basis.in_force(clock.today()):
        return False
    return HEARSAY not in found.basis.articles[found.article or ""] or pack.current().demo


def named(ref: str) -> str:
    """条文的名称, also after the pack has moved on."""
    found = _cited(ref)
    return str(found) if found else ref


def choices() -> list[tuple[str, str]]:
    """可以选的条文, each once, with the bodies that may rely on it."""
    refs = dict.fromkeys(ref for refs in ARTICLES.values() for ref in refs)
    return [(ref, f"{named(ref)}（{'、'.join(_bodies(ref))}）") for ref in refs]


def _bodies(ref: str) -> list[str]:
    return [Body(body).label for body, refs in ARTICLES.items() if ref in refs]


def refusal(body: str, ref: str) -> str:
    """为什么不能凭这一条: empty when it can."""
    if ref not in ARTICLES.get(body, ()):
        others = "、".join(named(one) for one in ARTICLES.get(body, ()))
        return f"这一条没有给{Body(body).label}调取的职权；可以依据：{others}"
    if not firm(ref):
        return f"{named(ref)}的条文在规则里还没有确认，不能据以提供；请法制审核人员先在规则确认里附上条文"
    return ""
