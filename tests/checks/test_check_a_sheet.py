"""成批核查: all rows or none, a second person above the matter's number, and never a population."""

import random
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import people
from daoli_credit.law import clock
from daoli_credit.looks import tasks
from daoli_credit.looks.models import OddLook
from daoli_credit.workflow import RuleBroken, WrongState
from incentives.models import Check, CheckSet, CheckSheet, MatterCase
from incentives.models.check_set import K
from incentives.selectors import check_sets
from incentives.workflows import checking, checking_sets, matter_case
from tests import make_checks
from tests.cast import Cast, browser, identity
from tests.days import years_on

HEAD = "申请编号,姓名,证件号码\n"


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _number(n: int) -> str:
    return people.number(people.ELDEST + timedelta(days=n // 1000), n % 1000)


def rows(opened: MatterCase, count: int, *, begin: int = 0) -> str:
    """So many applicants of whom nothing is known."""
    return "".join(f"{opened.case_number}-{n:06d},申请人{n},{_number(n)}\n" for n in range(begin, begin + count))


def run(cast: Cast, opened: MatterCase, text: str) -> CheckSet:
    made = checking_sets.upload(
        case_id=opened.pk, name="申请人.csv", data=text.encode(), by=checking.By(user=cast.clerk)
    )
    return checking_sets.run(set_id=made.pk, actor=User.objects.system())


def looks(opened: MatterCase) -> int:
    return LookUp.objects.filter(case_number=opened.case_number, kind="look").count()


def test_every_applicant_is_logged_and_what_was_found_has_a_check_of_its_own(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    known = identity("linxiuyun")
    one = run(cast, opened, f"{HEAD}{opened.case_number}-A1,{known.name},{known.id_number}\n{rows(opened, 20)}")
    assert (one.status, one.rows) == (K.DONE, 21)
    assert looks(opened) == 21
    check = Check.objects.get()
    assert (check.of_set, check.application) == (one, f"{opened.case_number}-A1")
    assert check.answers.filter(due_on__isnull=False).count() == 1
    said = {line.application: line.says for line in check_sets.result(one)}
    assert said[check.application] == check_sets.FOUND
    assert list(said.values()).count(check_sets.NOTHING) == 20
    assert not CheckSheet.objects.filter(check_set=one, result=False).exists(), "原表已经删去"


def test_a_sheet_answers_as_the_form_does(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    known = identity("linxiuyun")
    run(cast, opened, f"{HEAD}{opened.case_number},{known.name},{known.id_number}\n")
    by_sheet = [(one.measure, one.force, one.until) for one in Check.objects.get().answers.order_by("place")]
    by_form = make_checks.ask(cast, opened)
    assert by_sheet == [(one.measure, one.force, one.until) for one in by_form.answers.order_by("place")]


def test_above_the_matters_number_a_second_person_agrees_first(cast: Cast, opened: MatterCase) -> None:
    one = run(cast, opened, HEAD + rows(opened, 51))
    assert (one.status, looks(opened)) == (K.WAITING, 0)
    with pytest.raises(WrongState):
        checking_sets.run(set_id=one.pk, actor=User.objects.system())
    both = User.objects.get(pk=cast.both.pk)
    agreed = checking_sets.approve(set_id=one.pk, actor=both, seen=one.revision)
    assert agreed.status == K.APPROVED
    done = checking_sets.run(set_id=one.pk, actor=User.objects.system())
    assert (done.status, looks(opened)) == (K.DONE, 51)
    with pytest.raises(WrongState):
        checking_sets.run(set_id=one.pk, actor=User.objects.system())


def test_whoever_asks_does_not_agree(cast: Cast, opened: MatterCase) -> None:
    made = checking_sets.upload(
        case_id=opened.pk,
        name="x.csv",
        data=(HEAD + rows(opened, 51)).encode(),
        by=checking.By(user=cast.both),
    )
    one = checking_sets.run(set_id=made.pk, actor=User.objects.system())
    with pytest.raises(RuleBroken, match="另一人"):
        checking_sets.approve(set_id=one.pk, actor=cast.both, seen=one.revision)


def test_refused_nobody_was_looked_at_and_the_sheet_is_gone(cast: Cast, opened: MatterCase) -> None:
    one = run(cast, opened, HEAD + rows(opened, 51))
    done = checking_sets.refuse(set_id=one.pk, actor=cast.reviewer, opinion="不是本件的申请人", seen=one.revision)
    assert (done.status, looks(opened)) == (K.REFUSED, 0)
    assert not CheckSheet.objects.filter(check_set=one).exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("姓名,证件号码\n张三,1\n", "申请编号"),
        ("申请编号,证件号码\n1,1\n", "姓名"),
        ("甲,乙\n1,2\n", "表头"),
        (HEAD, "没有内容"),
    ],
)
def test_what_is_no_sheet_of_applicants_is_refused_whole(cast: Cast, opened: MatterCase, text: str, says: str) -> None:
    one = run(cast, opened, text)
    assert one.status == K.WRONG
    assert says in one.failure
    assert looks(opened) == 0


@pytest.mark.parametrize(
    ("row", "title"),
    [
        (",张三,{good}", "没有申请编号"),
        ("别的号-1,张三,{good}", "不是本办件的申请编号"),
        ("{case}-999999199001010017,张三,{good}", "申请编号不像"),
        ("{case}-1,,{good}", "没有姓名"),
        ("{case}-1,张三,99999919900101001X", "证件号码校验位不符"),
        ("{case}-1,张三,9.99999E+17", "证件号码变成科学计数法"),
        ("{case}-1,小明,{young}", "未满十八周岁"),
        ("{case}-000001,张三,{good}", "申请编号重复"),
        ("{case}-1,张三,{first}", "同一证件号码出现两次"),
    ],
)
def test_one_bad_row_and_nobody_is_checked(cast: Cast, opened: MatterCase, row: str, title: str) -> None:
    bad = row.format(
        case=opened.case_number,
        good=people.number(people.ELDEST, 900),
        first=people.number(people.ELDEST, 0),
        young=people.number(years_on(clock.today(), -10), 1),
    )
    one = run(cast, opened, f"{HEAD}{rows(opened, 3)}{bad}\n")
    assert one.status == K.WRONG
    assert title in [problem["title"] for problem in one.problems]
    assert all(problem["fix"] and problem["lines"] for problem in one.problems)
    assert looks(opened) == 0
    assert not CheckSheet.objects.exists()


def test_another_name_is_refused_and_that_person_reads_of_it(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    one = run(cast, opened, f"{HEAD}{opened.case_number}-1,王小二,{make_checks.number_of('linxiuyun')}\n")
    assert [problem["title"] for problem in one.problems] == ["姓名与证件号码不符"]
    assert looks(opened) == 1
    assert not Check.objects.exists()


def test_a_hundred_thousand_rows_with_a_tenth_of_garbage(cast: Cast, opened: MatterCase) -> None:
    dice, lines = random.Random(5), []  # noqa: S311  the same sheet every time
    kinds = ("bad-digit", "no-application", "other-case", "no-name")
    for n in range(100_000):
        number = _number(n)
        application, name = f"{opened.case_number}-{n:06d}", f"申请人{n}"
        if n % 10 == 0:
            kind = dice.choice(kinds)
            number = number[:-1] + ("0" if number[-1] != "0" else "1") if kind == "bad-digit" else number
            application = {"no-application": "", "other-case": f"甲〔2025〕{n}号"}.get(kind, application)
            name = "" if kind == "no-name" else name
        lines.append(f"{application},{name},{number}\n")
    one = run(cast, opened, HEAD + "".join(lines))
    assert one.status == K.WRONG
    assert sum(problem["rows"] for problem in one.problems) == 10_000
    assert len(one.problems) == len(kinds) + 1, "末三位是 000 的，多半是表格软件改的，另作一类"
    assert all(len(problem["lines"]) <= 100 for problem in one.problems)
    assert looks(opened) == 0


def test_a_case_closed_while_the_sheet_waited_is_not_checked(cast: Cast, opened: MatterCase) -> None:
    one = run(cast, opened, HEAD + rows(opened, 51))
    checking_sets.approve(set_id=one.pk, actor=cast.reviewer, seen=one.revision)
    matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())
    done = checking_sets.run(set_id=one.pk, actor=User.objects.system())
    assert done.status == K.WRONG
    assert "已经办结" in done.failure
    assert looks(opened) == 0


def test_the_pages_from_upload_to_the_result_sheet(cast: Cast, opened: MatterCase) -> None:
    officer, second = browser(cast.clerk), browser(cast.reviewer)
    file = SimpleUploadedFile("申请人.csv", (HEAD + rows(opened, 51)).encode())
    page = officer.post(reverse("check-set-new", args=[opened.pk]), {"file": file})
    assert page.status_code == 302
    one = CheckSet.objects.get()
    checking_sets.run(set_id=one.pk, actor=User.objects.system())
    assert "等本部门另一人同意" in officer.get(page["Location"]).content.decode()
    assert one.number in second.get(reverse("check-list")).content.decode()
    one.refresh_from_db()
    refuse = reverse("check-set-refuse", args=[one.number])
    assert second.post(refuse, {"seen": one.revision}).status_code == 422
    approve = reverse("check-set-approve", args=[one.number])
    assert officer.post(approve, {"seen": one.revision}).status_code == 403
    assert second.post(approve, {"seen": one.revision + 7}).status_code == 409
    assert second.post(approve, {"seen": one.revision}).status_code == 302
    assert second.post(approve, {"seen": one.revision}).status_code == 302, "再按一次也是同意了"
    checking_sets.run(set_id=one.pk, actor=User.objects.system())
    result = officer.get(page["Location"]).content.decode()
    assert check_sets.NOTHING in result
    assert "不得作为无失信证明" in result
    sheet = officer.get(reverse("check-set-result", args=[one.number]))
    assert sheet.content[:2] == b"PK"
    assert browser(cast.other_clerk).get(page["Location"]).status_code == 404


def test_an_empty_upload_comes_back_in_words(cast: Cast, opened: MatterCase) -> None:
    page = browser(cast.clerk).post(reverse("check-set-new", args=[opened.pk]), {})
    assert page.status_code == 422
    assert "请选择文件" in page.content.decode()


def test_a_sheet_is_no_burst_and_looking_on_beside_it_is(cast: Cast, opened: MatterCase) -> None:
    assert run(cast, opened, HEAD + rows(opened, 20)).status == K.DONE
    tasks.watch_looks()
    assert not OddLook.objects.filter(rule="burst").exists()
    for n in range(16):
        events.look_up(
            actor=cast.clerk, person_key=n.to_bytes(34, "big"), matter=opened.matter, case_number=opened.case_number,
            purpose="核查", shown=["measures"], department="market-regulation",
        )  # fmt: skip
    tasks.watch_looks()
    assert OddLook.objects.filter(rule="burst").count() == 1


def test_numbers_that_are_spoilt_alike_are_not_called_one_person(cast: Cast, opened: MatterCase) -> None:
    spoilt = "".join(f"{opened.case_number}-X{n},申请人{n},9.99999E+17\n" for n in range(7))
    one = run(cast, opened, HEAD + rows(opened, 3) + spoilt)
    assert [(problem["title"], problem["rows"]) for problem in one.problems] == [("证件号码变成科学计数法", 7)]
    page = browser(cast.clerk).get(reverse("check-set", args=[one.number])).content.decode()
    assert "全部行号" in page, "页上先写五行，其余的点开看"
    assert "5、6、7、8、9、10、11" in page
