"""一张表: a bureau's sheet from upload to records in force."""

import time
from collections.abc import Callable

from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.smoke.platforms import count, until
from daoli_credit.embedded.world import PLATFORMS, World

CLERK, REVIEWER, OTHER_BUREAU = "zhaomin", "sunjianguo", "lijing"
SHEETS = CLONE / "daoli_credit" / "demo" / "sheets"
SHEET, FILTERED = "penalties-gb18030.csv", SHEETS / "penalties-filtered.xls"
GOOD, BAD, PAGE = 524, 15, 50
PATIENCE = 180

# What one station leaves for the next.
_left: dict[str, str] = {}
_held: dict[str, int] = {}


def _sheet(world: World) -> bytes:
    """The bureau's sheet, with days of this year, as `run` has laid it down."""
    return (world.data / "sheets" / SHEET).read_bytes()


def _stated() -> dict[str, str | list[str]]:
    """What a clerk says of the whole sheet, handed over today."""
    return {
        "what": "market-regulation/penalty-market-other",
        "severity": "general",
        "severity_basis": "行政处罚裁量基准（示例）",
        "service": "direct",
        "served_on": in_days(0),
    }


def _upload(clerk: Browser, name: str, data: bytes) -> None:
    """Sends the file and waits, as the page does, until the worker has read it."""
    clerk.open("/desk/imports/new/")
    clerk.submit("上传并核对", _stated(), files={"file": (name, data, "application/octet-stream")})
    _wait(clerk, "读取")


def _wait(clerk: Browser, what: str) -> None:
    """Until the worker has done what the page says is under way."""
    until = time.monotonic() + PATIENCE
    clerk.open(clerk.url)
    while "这一页会自己更新" in clerk.page.text:
        if time.monotonic() > until:
            raise AssertionError(f"{PATIENCE} 秒内没有{what}：{clerk.page.text[:400]}")
        time.sleep(0.3)
        clerk.open(clerk.url)


def a_clerk_uploads_the_sheet(world: World) -> None:
    """The real worker reads it; the preview divides it exactly."""
    clerk = staff(world, CLERK)
    _upload(clerk, "penalties-gb18030.csv", _sheet(world))
    clerk.must_show(f"{BAD} 行需要修改或者核对", "543 行", "GB18030", f"确认入库 {GOOD} 行")
    _left["batch"] = clerk.url
    clerk.open("?tab=wrong")
    for cause in ("校验位不符", "科学计数法", "没有“2026-02-30”这一天", "还没有到", "应当封存", "未满十八周岁"):
        clerk.must_show(cause)
    clerk.must_show("“五千元”不是数字", "单元格里是公式", "没有填写姓名", "没有填写“行政处罚决定书文号”")
    for tab, word in (("person", "有两个姓名"), ("changed", "两种内容"), ("same", "完全相同"), ("apart", "个体工商户")):
        clerk.open(f"?tab={tab}")
        clerk.must_show(word)
    clerk.must_not_show("999999198607239515")


def the_wrong_rows_come_back(world: World) -> None:
    """A workbook for the clerk; nothing for another bureau."""
    clerk = staff(world, CLERK)
    answer = clerk.session.get(_left["batch"] + "wrong/", timeout=30)
    if answer.status_code != 200 or not answer.content.startswith(b"PK"):
        raise AssertionError(f"下载未入库的行：{answer.status_code}")
    other = staff(world, OTHER_BUREAU)
    other.open(_left["batch"], expect=404)
    other.open(_left["batch"] + "wrong/", expect=404)


def the_good_rows_are_entered_once(world: World) -> None:
    """All or nothing; the same file again holds nothing new."""
    clerk = staff(world, CLERK)
    clerk.open(_left["batch"])
    clerk.submit("确认入库")
    clerk.must_show("正在入库；入库以后等待另一人逐件复核")
    _wait(clerk, "入库")
    clerk.must_show("等待逐件复核", f"{GOOD} 条已入库")
    _upload(clerk, "penalties-gb18030.csv", _sheet(world))
    clerk.must_not_show("确认入库 ")
    clerk.must_show("重复 526")
    clerk.submit("作废本批")
    clerk.must_show("已作废")


def rows_and_records_are_found_by_number(world: World) -> None:
    """A line or a document in the sheet, a document among the records; nobody by name."""
    _, first, *_ = _sheet(world).decode("gb18030").splitlines()
    name, document = first.split(",")[0], first.split(",")[4]
    clerk = staff(world, CLERK)
    clerk.open("/desk/imports/?q=penalties-gb18030&status=committed")
    clerk.must_show("penalties-gb18030.csv", "已入库")
    clerk.open(f"{_left['batch']}?q={document}")
    clerk.must_show("这一类共 1 行")
    clerk.open(f"{_left['batch']}?q={name}")
    clerk.must_show("这一批里没有这个行号或者文书号的行")
    clerk.open(f"/desk/records/?q={document}")
    clerk.must_show("找到 1 条")
    clerk.open(f"/desk/records/?q={name}")
    clerk.must_show("本部门没有这个编号或者文书号的记录")


def a_file_is_known_by_its_content(world: World) -> None:
    """A text that calls itself a workbook is read; a filtered old workbook and an empty file are refused in words."""
    clerk = staff(world, CLERK)
    _upload(clerk, "处罚.xls", _sheet(world))
    clerk.must_show("GB18030", "重复 526")
    clerk.submit("作废本批")
    _upload(clerk, "旧表.xls", FILTERED.read_bytes())
    clerk.must_show("这个文件没有读成", "第 3 行被隐藏或者筛选掉了", "什么也没有入库")
    clerk.open("/desk/imports/new/")
    clerk.submit("上传并核对", _stated(), files={"file": ("处罚.csv", b"", "text/csv")}, expect=422)
    clerk.must_show("0 字节")


def a_sheet_sent_by_mistake_is_taken_back(world: World) -> None:
    """Entered, with a receipt whose digest the evidence holds; then taken back whole, and its rows are new again."""
    head, first, *_ = _sheet(world).decode("gb18030").splitlines()
    cells = first.split(",")
    cells[4] = f"哈里市监罚〔2026〕{int(time.time())}号"
    data = f"{head}\n{','.join(cells)}\n".encode()
    clerk = staff(world, CLERK)
    _upload(clerk, "传错.csv", data)
    clerk.submit("确认入库")
    batch = clerk.url
    _wait(clerk, "入库")
    clerk.open(batch + "receipt/")
    clerk.must_show("入库 1 条", "与存证核对", "一致")
    clerk.must_not_show("不一致")
    clerk.open(batch)
    clerk.submit("整批撤回", {"opinion": " "}, expect=422)
    clerk.must_show("请写明为什么整批撤回")
    clerk.submit("整批撤回", {"opinion": "传错了文件"})
    clerk.must_show("本批已整批撤回")
    _upload(clerk, "改好.csv", data)
    clerk.must_show("1 行都可以入库")
    clerk.submit("作废本批")


def nobody_reviews_their_own_sheet(world: World) -> None:
    """The clerk's POST to the reviewer's address is refused."""
    clerk = staff(world, CLERK)
    clerk.open(_left["batch"])
    body = {"csrfmiddlewaretoken": clerk.session.cookies["csrftoken"], "seen": "1:1"}
    address, headers = _left["batch"] + "review/approve/", {"Referer": clerk.url}
    answer = clerk.session.post(address, data=body, headers=headers, timeout=30)
    if answer.status_code != 403:
        raise AssertionError(f"经办人复核自己的批次应当被拒绝（403），回答是 {answer.status_code}")


def another_person_reviews_page_by_page(world: World) -> None:
    """Every document is opened before its page is approved; then the records are in force."""
    _held.update({code: count(world, code) for code in PLATFORMS})
    reviewer = staff(world, REVIEWER)
    reviewer.open("/desk/records/queue/")
    reviewer.must_show("批量报送，按文书逐件复核", f"{GOOD} 件待复核")
    reviewer.open(_left["batch"] + "review/")
    for left in range(GOOD, 0, -PAGE):
        reviewer.must_show(f"本页 {min(PAGE, left)} 件，本批还有 {left} 件")
        reviewer.submit("本页已逐件核对，通过")
    reviewer.must_show("没有等您复核的了", "告知文书已发给当事人")
    reviewer.open(_left["batch"])
    reviewer.must_show("已生效", str(GOOD))


def the_sheet_reaches_both_platforms(world: World) -> None:
    """Nobody presses anything: each platform holds as many more as the sheet had good rows."""
    for code, before in _held.items():
        wanted = before + GOOD
        until(f"{code} 持有 {wanted} 条", lambda code=code, wanted=wanted: count(world, code) == wanted)  # type: ignore[misc]


def what_differs_is_proposed_to_another_person(world: World) -> None:
    """The same document with another fine: nothing is overwritten; the clerk proposes, the reviewer agrees."""
    head, first, *_ = _sheet(world).decode("gb18030").splitlines()
    cells = first.split(",")
    cells[10] = "0.66"
    clerk, reviewer = staff(world, CLERK), staff(world, REVIEWER)
    _upload(clerk, "改过金额.csv", f"{head}\n{','.join(cells)}\n".encode())
    clerk.must_show("1 行需要修改或者核对")
    batch = clerk.url
    page = clerk.session.get(f"{batch}changed/", timeout=30).text
    row = page.partition('name="row" value="')[2].partition('"')[0]
    clerk.open(f"{batch}changed/")
    clerk.must_show("罚款金额（万元）", "0.66")
    body = {"csrfmiddlewaretoken": clerk.session.cookies["csrftoken"], "row": row, "document": ""}
    body["reason"] = "按决定书原件核对，表里的金额是对的。"
    answer = clerk.session.post(clerk.url, data=body, headers={"Referer": clerk.url}, timeout=30)
    if "等待另一人复核" not in answer.text:
        raise AssertionError(f"提出更正以后应当等待另一人复核：{answer.status_code}")
    reviewer.open("/desk/amendments/")
    reviewer.must_show("待复核")


STATIONS: list[tuple[str, Callable[[World], None]]] = [
    ("经办上传一张 543 行的表，后台读完，预览分得清楚", a_clerk_uploads_the_sheet),
    ("未入库的行下载得到；别的部门如同没有", the_wrong_rows_come_back),
    ("确认入库；同一张表再传，没有新的", the_good_rows_are_entered_once),
    ("按行号、文书号找得到行和记录，不能按人找", rows_and_records_are_found_by_number),
    ("认内容不认文件名；筛选过的旧表、空文件：说清楚，不收", a_file_is_known_by_its_content),
    ("传错的表：有回执，整批撤回，撤回以后可以重新上传", a_sheet_sent_by_mistake_is_taken_back),
    ("经办复核自己的批次：拒绝", nobody_reviews_their_own_sheet),
    ("另一人按文书逐页复核，记录生效", another_person_reviews_page_by_page),
    ("整张表到达两个平台，平台自己说得出多少条", the_sheet_reaches_both_platforms),
    ("内容不同的行：不覆盖，勾选的提出更正，等另一人复核", what_differs_is_proposed_to_another_person),
]
