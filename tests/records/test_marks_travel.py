"""标注和本人声明跟着记录走: whoever gets a copy, by whatever way, gets what the person says of it with it."""

import csv
import io
import json

from daoli_credit.accounts.models import User
from records import lawful_requests, outgoing, sealed_requests
from records.models import CreditRecord, RequestFile
from records.workflows import exporting
from records.workflows import statement as statement_acts
from tests import make, make_checks, make_contests, make_exports, make_objections, make_requests
from tests.cast import Cast, browser
from tests.cast import identity as of

WORDS = "罚款当月已经缴清，过期的食品已全部下架。"


def _marked(cast: Cast) -> CreditRecord:
    record = make_checks.ban(cast)
    make_objections.raised(cast, record)
    make_contests.marked(cast, record)
    statement_acts.make(record_id=record.pk, actor=cast.citizen, words=WORDS)
    return CreditRecord.objects.get(pk=record.pk)


def test_to_the_platforms(cast: Cast) -> None:
    record = _marked(cast)
    newest = record.revisions.order_by("-number")[0]
    sent = json.loads(outgoing.publication(newest, actor=User.objects.system(), title="信用中国（黑龙江）"))
    assert sent["disputed"] is True
    assert sent["contested"]
    assert sent["statement"] == WORDS


def test_into_an_exported_file(cast: Cast) -> None:
    _marked(cast)
    make.effective(cast, serial=2)
    made = make_exports.made(cast)
    text = exporting.fetch(export_id=made.pk, actor=cast.clerk).decode("utf-8-sig")
    _, head, marked, plain = csv.reader(io.StringIO(text))
    assert head[-2:] == ["标注", "本人声明"]
    assert marked[-2:] == ["有异议正在办理；复议、诉讼中", WORDS]
    assert plain[-2:] == ["", ""]


def test_to_a_court_that_asks_lawfully(cast: Cast) -> None:
    _marked(cast)
    request = make_requests.extracted(cast)
    said = json.loads(sealed_requests.opened(request.files.get(kind=RequestFile.Kind.ANSWER)))
    assert said["records"][0]["statement"] == WORDS
    text = str(lawful_requests.answer(request, of("linxiuyun"), said))
    for words in (f"本人声明：{WORDS}", "请注意：有异议正在办理", "请注意：复议、诉讼中"):
        assert words in text


def test_into_the_answer_of_a_check(cast: Cast) -> None:
    _marked(cast)
    check = make_checks.ask(cast, make_checks.case(cast))
    page = browser(cast.clerk).get(f"/desk/checks/{check.number}/").content.decode()
    for words in (WORDS, "本人已提出异议", "正在复议或者诉讼"):
        assert words in page


def test_onto_the_desk_and_the_persons_own_page(cast: Cast) -> None:
    record = _marked(cast)
    pages = {cast.clerk: f"/desk/records/{record.number}/", cast.citizen: f"/me/records/{record.number}/"}
    for user, address in pages.items():
        page = browser(user).get(address).content.decode()
        assert WORDS in page
        assert "本人有异议，正在核实" in page
