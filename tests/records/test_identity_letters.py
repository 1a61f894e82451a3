"""身份核定的告知也是文书: a PDF for each number that was told, under its own name, opened for a purpose."""

import pytest

from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import LookUp
from records.identity import Identity
from records.models import IdentityCase, Paper
from records.models.identity_case import K
from tests import make, make_identity
from tests.cast import Cast, browser
from tests.cast import identity as of
from tests.paper.test_sheet import flat, said

OPEN = {"purpose": "打印送达当事人"}


@pytest.fixture
def joined(cast: Cast) -> tuple[IdentityCase, Identity, Identity]:
    now, old = of("linxiuyun"), make_identity.second_number()
    make.effective(cast, serial=1)
    make.effective(cast, who=old, serial=2)
    return make_identity.joined(cast, now, old), now, old


def _letters() -> list[Message]:
    return list(Message.objects.filter(noun="identitycase", person_key__isnull=False).order_by("pk"))


def test_both_numbers_have_their_letter_on_paper_each_under_its_own(
    cast: Cast, joined: tuple[IdentityCase, Identity, Identity]
) -> None:
    case, now, old = joined
    window = browser(cast.counter)
    page = window.get(f"/desk/identities/{case.number}/").content.decode()
    assert page.count("同一人认定告知") == 2
    papers = []
    for letter, who in zip(_letters(), (now, old), strict=True):
        assert f"/desk/papers/{letter.token}/" in page
        closed = window.get(f"/desk/papers/{letter.token}/").content.decode()
        assert who.name not in closed
        assert window.post(f"/desk/papers/{letter.token}/open/", {"purpose": ""}).status_code == 422
        opened = window.post(f"/desk/papers/{letter.token}/open/", OPEN)
        assert opened["Content-Type"] == "application/pdf"
        text = said(opened.content)
        assert flat(f"系统编号：{case.number}") in text
        assert who.name in text
        assert who.id_number[-4:] in text
        assert flat("已经两人核定为同一人") in text
        papers.append(opened.content)
        assert window.post(f"/desk/papers/{letter.token}/open/", OPEN).content == opened.content
        look = LookUp.objects.filter(kind="look").latest("pk")
        assert (look.purpose, look.case_number, look.matter) == (OPEN["purpose"], case.number, "identity-check")
    assert papers[0] != papers[1]
    assert Paper.objects.count() == 2


def test_the_person_opens_both_and_nobody_else_any(cast: Cast, joined: tuple[IdentityCase, Identity, Identity]) -> None:
    her = browser(cast.citizen)
    for letter in _letters():
        answer = her.get(f"/me/messages/{letter.token}/pdf/")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert browser(cast.namesake).get(f"/me/messages/{letter.token}/pdf/").status_code == 404
        for other in (cast.clerk, cast.other_clerk):
            assert browser(other).get(f"/desk/papers/{letter.token}/").status_code == 404


def test_a_letter_about_a_record_under_the_old_number_opens_after_the_joining(
    cast: Cast, joined: tuple[IdentityCase, Identity, Identity]
) -> None:
    her, (_, now, old) = browser(cast.citizen), joined
    told = list(Message.objects.filter(title="信用信息记入告知书").order_by("pk"))
    assert len(told) == 2
    for letter, who in zip(told, (now, old), strict=True):
        answer = her.get(f"/me/messages/{letter.token}/pdf/")
        assert answer.status_code == 200
        assert who.id_number[-4:] in said(answer.content)


@pytest.mark.parametrize("kind", [K.CAPACITY, K.NAME])
def test_every_kind_that_tells_somebody_has_its_paper_and_its_service(cast: Cast, kind: K) -> None:
    make.effective(cast)
    changed = {"name": "林秀芸"} if kind == K.NAME else {}
    case = make_identity.settled(cast, make_identity.opened(cast, kind, of("linxiuyun"), **changed))
    (letter,) = _letters()
    window, at = browser(cast.counter), f"/desk/papers/{letter.token}/"
    text = said(window.post(f"{at}open/", OPEN).content)
    assert flat(letter.title) in text
    assert case.number in text
    head = browser(cast.supervisor).get(at).content.decode()
    assert letter.title in head
    assert f"{at}serve/" not in head, "核定的人不办送达"
    served = {"how": "direct", "when": str(case.over_on), "proof": "送达回证12号"}
    assert window.post(f"{at}serve/", {**served, "proof": ""}).status_code == 422
    assert window.post(f"{at}serve/", served).status_code == 302
    assert "送达回证12号" in window.get(at).content.decode()


def test_of_the_dead_nobody_is_told_and_there_is_no_paper(cast: Cast) -> None:
    make.effective(cast)
    make_identity.settled(cast, make_identity.opened(cast, K.DEATH, of("linxiuyun")))
    assert not _letters()
