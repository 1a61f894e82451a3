"""推送: from effect to receipt to holding, and what stays at home with its reason."""

import json

from daoli_credit.audit.models import LookUp
from daoli_credit.feeds.models import Attempt, Delivery, Receipt
from records.models import Holding
from tests.cast import browser, identity
from tests.feeds.ground import Ground


def test_a_record_in_force_reaches_both_platforms_once_and_both_are_shown_as_holders(ground: Ground) -> None:
    record = ground.record()
    assert ground.sweep() == 2
    for code, place in ground.places.items():
        assert ground.send(code) == 1
        one = ground.confirmed(record, code=code)
        assert place.holdings() == {record.number: (1, bytes(one.digest or b"").hex())}
        assert place.applied(record.number) == [(1, "effective")]
        assert one.tries.get().outcome == "accepted"
        assert one.receipts.get().verdict == "accepted"
    held = Holding.objects.filter(record=record)
    assert [(one.recipient, one.revision, one.gone_at) for one in held] == [("hlj", 1, None), ("hrb", 1, None)]
    page = browser(ground.cast.citizen).get(f"/me/records/{record.number}/").content.decode()
    assert page.count("已收录") == 2
    assert "信用中国（黑龙江哈尔滨）" in page


def test_a_second_sweep_and_a_second_send_do_nothing(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    assert ground.sweep() == 0
    assert ground.send() == 0
    assert Attempt.objects.count() == 1


def test_the_body_is_stored_sealed_and_its_digest_is_of_the_plain_bytes(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    stored = bytes(ground.delivery(record).body or b"")
    assert "林秀云".encode() not in stored
    assert identity("linxiuyun").id_number.encode() not in stored


def test_the_platform_gets_the_identity_and_the_common_fields(ground: Ground) -> None:
    from daoli_credit.feeds import bodies  # noqa: PLC0415

    record = ground.record()
    ground.sweep()
    ground.send()
    sent = json.loads(bodies.opened(ground.delivery(record)))
    assert (sent["name"], sent["id_number"]) == ("林秀云", identity("linxiuyun").id_number)
    assert sent["document_number"] == record.document_number
    assert sent["use_until"] == str(record.use_until)
    assert not {"id", "pk", "subject"} & sent.keys()


def test_the_person_sees_the_push_among_those_who_looked(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.send("hrb")
    looks = LookUp.objects.filter(matter="push", case_number=record.number, kind="look")
    assert {look.purpose for look in looks} == {"推送至信用中国（黑龙江）", "推送至信用中国（黑龙江哈尔滨）"}
    page = browser(ground.cast.citizen).get("/me/looks/").content.decode()
    assert "推送到信用平台：推送至信用中国（黑龙江哈尔滨）" in page


def test_a_resend_writes_no_second_look_up(ground: Ground) -> None:
    record = ground.record()
    ground.hlj.fault("500")
    ground.sweep()
    ground.send()
    ground.due(record)
    ground.send()
    assert LookUp.objects.filter(matter="push", kind="look").count() == 1


def test_nothing_is_owed_before_effect(ground: Ground) -> None:
    from tests import make  # noqa: PLC0415

    make.submitted(ground.cast)
    assert ground.sweep() == 0
    assert not Delivery.objects.exists()
    assert not Receipt.objects.exists()
