"""事先告知和上级平台: asked at the moment of a check; one that is down reads 未答复; the person is heard first."""

import requests

from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

CLERK, REVIEWER, OPERATOR, PARTY = "zhaomin", "sunjianguo", "zhouhang", "guchanglin"
HLJ = "信用中国（黑龙江）"
STATED = "已经与原单位了结，请核对法院的履行证明。"
_left: dict[str, str] = {}


def _fault(world: World, kind: str, count: int) -> None:
    token = (world.data / "secrets" / "daoli_platform_token").read_text(encoding="utf-8")
    told = requests.post(
        f"{world.platforms['hlj']}/admin/list-faults",
        json={"fault": kind, "count": count},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    if told.status_code != 200:
        raise AssertionError(f"平台没有接受故障脚本：{told.status_code}")


def what_was_not_answered_says_so(world: World) -> None:
    """The check of the demonstration was made while the platforms were down: 未答复, when and why, never 没有."""
    clerk = staff(world, CLERK)
    clerk.open("/desk/checks/")
    clerk.must_show("董备")
    for address in [link.address for link in clerk.page.links if link.caption.startswith("HC")]:
        clerk.open(address)
        if "董备" in clerk.page.text:
            break
    clerk.must_show("董备", "未答复", "没有连上", "再问一次")
    _left["check"] = clerk.url.removeprefix(world.origin)


def asked_again_it_answers(world: World) -> None:
    """First the plug is pulled once more; then it answers, and the last word counts."""
    clerk, number = staff(world, CLERK), person(world, "fangxiaoyan")["id_number"]
    _fault(world, "500", 1)
    for shown in ("HTTP 500", "已答复"):
        clerk.open(_left["check"])
        clerk.follow("再问一次")
        clerk.submit("再问一次", {"id_number": str(number)})
        clerk.must_show(shown, HLJ)
    clerk.open(_left["check"])
    clerk.follow("再问一次")
    clerk.submit("再问一次", {"id_number": str(person(world, PARTY)["id_number"])}, expect=422)
    clerk.must_show("不是这次核查的人")


def the_operator_sees_how_it_stands(world: World) -> None:
    """How often it did not answer, and nobody's name; a pause has its reason."""
    operator = staff(world, OPERATOR)
    operator.open("/desk/inbound/")
    operator.must_show(HLJ, "七天内未答复", "HTTP 500")
    operator.must_not_show("方*燕", "董备")


def the_person_answers_before_anything_is_used(world: World) -> None:
    """顾长林 was told: the decision is locked with date and reason until he has answered."""
    clerk, reviewer = staff(world, CLERK), staff(world, REVIEWER)
    him = citizen(world, PARTY)
    him.open("/me/cases/")
    him.follow("拟作出不利决定的事先告知")
    him.must_show("拟作出不利决定事先告知书", "您可以陈述、申辩，到", "在此以前不会作出不利决定")
    number = him.url.rstrip("/").rsplit("/", 1)[-1]
    reviewer.open(f"/desk/prior-notices/{number}/")
    reviewer.must_show("登记不利决定", "答复期到", "24 时")
    him.submit("提交意见", {"text": STATED, "that_is_all": "on"})
    him.must_show("您表示没有别的要补充", STATED)
    reviewer.open(f"/desk/prior-notices/{number}/decide/")
    facts = {"result": "adverse", "document": "哈里市监许不〔2026〕9号", "opinion": "查明属实"}
    reviewer.submit("登记不利决定", facts, expect=422)
    reviewer.must_show("逐条写明采纳与否和理由")
    clerk.open(f"/desk/prior-notices/{number}/decide/", expect=403)
    reviewer.open(f"/desk/prior-notices/{number}/refuse/")
    reviewer.submit("决定不作出不利决定", {"opinion": "履行证明属实，不适用。"})
    him.open(f"/me/prior-notices/{number}/")
    him.must_show("不作出不利决定")


STATIONS = [
    ("上级平台没有答复：核查单写“未答复”、时间和原因", what_was_not_answered_says_so),
    ("再拔一次插头，再问一次：最后一次怎么答的就怎么算", asked_again_it_answers),
    ("值守看得到答复情况，看不到任何人", the_operator_sees_how_it_stands),
    ("作出不利决定以前先告知、听取意见；没有回应不能决定", the_person_answers_before_anything_is_used),
]
