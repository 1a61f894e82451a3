"""核查的另外两条路和它的尽头: a bureau's own system, a sheet that asks the platforms above, and what was deleted."""

import re
import time

import requests

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.checking import _address
from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

ASKS, APPROVES = "mengfan", "jianglan"
SYSTEM, CASE = "走一遍许可系统", "食许〔2026〕932号"
PATIENCE = 180
_left: dict[str, str] = {}


def _call(world: World, address: str, body: dict[str, object], *, expect: int) -> dict[str, object]:
    head = {"Authorization": f"Daoli {_left['key']}", "Idempotency-Key": f"smoke-{CASE[-4:-1]}-{address[8:14]}"}
    answer = requests.post(f"{world.origin}{address}", json=body, headers=head, timeout=30)
    if answer.status_code != expect:
        raise AssertionError(f"{address} 应回答 {expect}，现在 {answer.status_code} {answer.text[:400]}")
    said: dict[str, object] = answer.json()
    return said


def a_bureaus_system_opens_asks_and_closes(world: World) -> None:
    """A key by two officers; case, one applicant, the end; after the end the same question is refused in words."""
    asks, approves = staff(world, ASKS), staff(world, APPROVES)
    asks.open("/desk/service-keys/")
    until = in_days(30)
    scopes = ["cases", "checks"]
    wanted: dict[str, str | list[str]] = {
        "title": SYSTEM,
        "department": "market-regulation",
        "scopes": scopes,
        "expires_on": until,
    }
    asks.submit("生成密钥", wanted)
    found = re.search(r"[0-9a-f]{8}\.[\w-]{43}", asks.page.text)
    if not found:
        raise AssertionError(f"页面上没有密钥：{asks.page.text[:600]}")
    _left["key"] = found[0]
    approves.open("/desk/service-keys/")
    approves.submit(f"批准{SYSTEM}")
    today, number = in_days(0), str(person(world, story.CITIZEN)["id_number"])
    case: dict[str, object] = {"matter": "food-permit", "case_number": CASE, "opened_on": today}
    _call(world, "/api/v1/cases/", case, expect=201)
    _call(world, "/api/v1/cases/", case, expect=200)
    applicant = {"application": CASE, "name": "", "number": number}
    question: dict[str, object] = {"case_number": CASE, "applicants": [applicant]}
    said = _call(world, "/api/v1/checks/", question, expect=200)
    if "不得作为无失信证明" not in str(said):
        raise AssertionError(f"答复没有写明不是无失信证明：{said}")
    _call(world, "/api/v1/cases/closed/", {"case_number": CASE, "closed_on": today}, expect=200)
    other = {**applicant, "number": str(person(world, "guchanglin")["id_number"])}
    head = {"Authorization": f"Daoli {_left['key']}", "Idempotency-Key": "smoke-after-the-end"}
    body = {"case_number": CASE, "applicants": [other]}
    late = requests.post(f"{world.origin}/api/v1/checks/", json=body, headers=head, timeout=30)
    if late.status_code != 404 or "没有这个编号的在办办件" not in late.text:
        raise AssertionError(f"办结以后还能核查：{late.status_code} {late.text[:400]}")


def the_person_reads_which_system_asked(world: World) -> None:
    """谁看过 names the bureau and the case; the case page names the system."""
    her = citizen(world, story.CITIZEN)
    her.open("/me/looks/")
    her.must_show(CASE, "食品经营许可")
    approves = staff(world, APPROVES)
    approves.open("/desk/service-keys/")
    approves.submit(f"停用{SYSTEM}", {"opinion": "走完了，不再使用"})


def a_sheet_asks_the_platforms_above(world: World) -> None:
    """Two applicants of the filing: each is asked about there; what is not answered is never 没有."""
    clerk = staff(world, story.CLERK)
    clerk.open("/desk/matters/cases/")
    clerk.follow("董备")
    clerk.open(_address(clerk.page, r"/desk/checks/cases/\d+/"))
    found = re.search(r"董备〔\d{4}〕\d+号", clerk.page.text)
    if not found:
        raise AssertionError(f"页上没有办件编号：{clerk.page.text[:400]}")
    rows = [
        f"{found[0]}-{n:03d},{one['display_name']},{one['id_number']}"
        for n, one in enumerate((person(world, "guchanglin"), person(world, story.CITIZEN)), 1)
    ]
    data = ("申请编号,姓名,证件号码\n" + "\n".join(rows) + "\n").encode()
    clerk.submit("上传并核查", {}, files={"file": ("拟任人员.csv", data, "text/csv")})
    until = time.monotonic() + PATIENCE
    while "名申请人已核查" not in clerk.page.text:
        if time.monotonic() > until:
            raise AssertionError(f"{PATIENCE} 秒内没有核查完：{clerk.page.text[:600]}")
        time.sleep(1)
        clerk.open(clerk.url)
    clerk.must_show("未答复不等于没有", "不得作为无失信证明")
    clerk.must_not_show(str(person(world, "guchanglin")["id_number"]))


def what_was_deleted_is_told_by_number_only(world: World) -> None:
    """A case of years ago: certificate, number and days."""
    clerk = staff(world, story.CLERK)
    clerk.open("/desk/checks/")
    clerk.must_show("保存期满，已经销毁", "药零许", "内容找不回来")
    other = staff(world, "lijing")
    other.open("/desk/checks/")
    other.must_not_show("药零许")


STATIONS = [
    ("部门系统登记办件、核查一名、办结；办结以后再问：拒绝", a_bureaus_system_opens_asks_and_closes),
    ("本人看到是为哪一件问的；密钥停用", the_person_reads_which_system_asked),
    ("一张表的每一名都问上级平台，未答复不等于没有", a_sheet_asks_the_platforms_above),
    ("保存期满销毁的核查：只说得出编号和日子，别的部门看不到", what_was_deleted_is_told_by_number_only),
]
