"""规则包核对: each check finds its own kind of mistake."""

from collections.abc import Callable
from typing import Any

import pytest

from daoli_credit.law import editions
from daoli_credit.law.check_pack import errors_in

Content = dict[str, Any]


def row(content: Content, section: str, code: str) -> dict[str, Any]:
    return next(r for r in content[section] if r["code"] == code)


MISTAKES: list[tuple[Callable[[Content], object], str]] = [
    (lambda c: c.pop("vectors"), "缺少 vectors"),
    (lambda c: c["items"].append(c["items"][0]), "penalty-food：编号重复"),
    (lambda c: c["items"][0].pop("status"), "缺少 status"),
    (lambda c: row(c, "limits", "sue").update(code="Sue"), "编号只能用小写字母"),
    (lambda c: row(c, "items", "penalty-food").update(status="confirmed"), "status 不能是 confirmed"),
    (lambda c: row(c, "items", "penalty-food")["may_push"].update(status="sure"), "status 不能是 sure"),
    (lambda c: row(c, "limits", "sue").update(basis=["admin-litigation-law"]), "没有写明条款"),
    (lambda c: row(c, "limits", "sue").update(basis=["tea-law#1"]), "依据 tea-law 不存在"),
    (lambda c: row(c, "limits", "sue").update(basis=["penalty-law#999"]), "没有列出第 999 条"),
    (lambda c: row(c, "bases", "penalty-law").update(replaces="tea-law"), "所替代的依据 tea-law 不存在"),
    (lambda c: row(c, "end_rules", "penalty")["keep"].update(duration="5Y"), "duration 写法不对：5Y"),
    (lambda c: row(c, "classes", "minor").update(max="3M"), "max 写法不对：3M"),
    (lambda c: row(c, "items", "penalty-food").update(disclosure="公开"), "disclosure 不能是 公开"),
    (lambda c: row(c, "items", "penalty-food").update(update="often"), "update 写法不对"),
    (lambda c: row(c, "items", "penalty-food").update(fields="tea"), "字段组 tea 不存在"),
    (lambda c: row(c, "items", "penalty-food").update(domains=["tea"]), "领域 tea 不存在"),
    (lambda c: row(c, "limits", "sue").update(counting="tea"), "计算规则 tea 不存在"),
    (lambda c: row(c, "limits", "hard-cap").update(value=None), "应当有以年计的数值"),
    (lambda c: c["field_sets"]["court"].append(c["field_sets"]["court"][0]), "字段 document_number 重复"),
    (lambda c: c["field_sets"]["court"][0].update(type="score"), "类型 score 不认识"),
    (lambda c: c["field_sets"]["court"][0].update({"is": "determined_on"}), "恰有一个字段是认定日"),
    (lambda c: c["field_sets"]["court"][0].update(required_if={"tea": "x"}), "所依的字段 tea 不存在"),
    (lambda c: c["field_sets"]["court"][0].update(zh="手机"), "又是拒收规则 address-contact 的字段"),
    (lambda c: row(c, "lists", "wage-arrears")["steps"].pop(0), "缺少步骤 proposed"),
    (lambda c: row(c, "lists", "wage-arrears")["early_exit"].update(limit="tea"), "期限 tea 不存在"),
    (lambda c: row(c, "lists", "wage-arrears").update(item="list-tax"), "没有指回本名单"),
    (lambda c: row(c, "items", "list-wage").update(list_types=[]), "目录事项 list-wage 没有指回本名单"),
    (lambda c: row(c, "lists", "wage-arrears")["measures"].pop(0), "对象 wage-arrears 不存在或者没有指回本措施"),
    (lambda c: row(c, "measures", "m-wage-funds").update(matters=[]), "措施 m-wage-funds 没有指回本事项"),
    (lambda c: row(c, "matters", "gov-fund").update(looks_at=[]), "应用事项 gov-fund 没有指回本措施"),
    (lambda c: row(c, "measures", "m-guide-ban").update(outlives_basis="mct-order-7"), "须有法律、行政法规的条款"),
    (lambda c: row(c, "measures", "m-awards").update(title="限制子女入学"), "触及红线“入园、入学"),
    (lambda c: row(c, "measures", "m-awards").update(content="暂停低保"), "触及红线“低保、特困供养"),
    (lambda c: row(c, "measures", "m-awards").update(content="不予挂号"), "触及红线“就医、挂号"),
    (lambda c: row(c, "measures", "r-startup").update(content="优先入学名额"), "触及红线“入园、入学"),
    (lambda c: row(c, "measures", "m-defence-exit-study").update(body=["education"]), "触及红线“入园、入学"),
    (lambda c: row(c, "blocklist", "b-school").pop("words"), "没有写明核对的词"),
    (lambda c: row(c, "measures", "m-awards").update(target=["sign:positive"]), "不得作为限制或者管理措施的对象"),
    (lambda c: row(c, "measures", "r-startup").update(target=["item:penalty-food"]), "不是荣誉，也不是守信三年"),
    (lambda c: row(c, "prohibited", "kin")["detect"].update(text=["(妻子"]), "不能编译"),
    (lambda c: row(c, "prohibited", "kin")["detect"].update(rule="tea"), "没有名为 tea 的判断"),
    (lambda c: row(c, "prohibited", "kin").update(action="shame"), "action 不能是 shame"),
    (lambda c: c["years"][2]["worked"].append("2026-10-12"), "2026-10-12 不是周末"),
    (lambda c: c["years"][2]["worked"].append("2025-10-11"), "2025-10-11 不在本年"),
    (lambda c: c["years"][2].update(workdays=249), "应有 249 个工作日，算得 248"),
    (lambda c: c["vectors"][0].update(due="2026-02-24"), "应为 2026-02-24，算得 2026-02-25"),
]


@pytest.mark.parametrize(("spoil", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_a_mistake_is_found_and_said(content: Content, spoil: Callable[[Content], object], message: str) -> None:
    spoil(content)
    assert any(message in error for error in errors_in(content, {}))


@pytest.mark.parametrize("edition", ["2026-11", "demo-2026"])
def test_the_editions_we_ship_are_sound(edition: str) -> None:
    assert errors_in(*editions.read(edition)) == []


def test_an_error_names_its_file() -> None:
    content, files = editions.read("2026-11")
    row(content, "limits", "sue")["unit"] = "fortnight"
    assert errors_in(content, files) == ["limits.yaml：limits sue：unit 不能是 fortnight"]
