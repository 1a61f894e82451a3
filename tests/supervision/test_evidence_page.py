"""存证封存."""

import pytest
from django.test import Client

from daoli_credit.accounts.models import User
from daoli_credit.audit import acts, events, sealer
from daoli_credit.audit.models import Seal
from tests.cast import sign_in

ACT = acts.register("evidence-page.tested", "测试存证页")


def one_event(actor: User) -> None:
    events.record(act=ACT, noun="test", object_id="1", actor=actor)


def test_an_unsealed_event_moves_the_figure_by_one(supervisor: Client) -> None:
    assert "没有等待封存的存证" in supervisor.get("/supervision/evidence/").content.decode()
    one_event(User.objects.get(username="hezhiyuan"))
    assert "另有 1 条等待下一次封存" in supervisor.get("/supervision/evidence/").content.decode()
    assert "待封存 1 条" in supervisor.get("/supervision/").content.decode()


@pytest.mark.usefixtures("committing_db")
def test_a_seal_stands_on_the_page_with_its_root() -> None:
    supervisor = sign_in(Client(), "hezhiyuan")
    one_event(User.objects.get(username="hezhiyuan"))
    sealer.seal()
    page = supervisor.get("/supervision/evidence/").content.decode()
    last = Seal.objects.latest("pk")
    assert "存证封存至" in page
    assert f"第 {last.pk} 批" in page
    assert bytes(last.root).hex() in page
    assert bytes(last.chain).hex() in page
