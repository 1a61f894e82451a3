"""目录与清单: what may be collected, from whom, for whose eyes, until when. Nothing outside it is."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.accounts.models.department import Kind
from daoli_credit.law import clock, pack
from daoli_credit.law.pack import Item, Pack
from daoli_credit.portal.public import words


def _kind(item: Item) -> str:
    return str(Kind(item.provider_kind).label) if item.provider_kind else "有权机关"


@login_not_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """目录与清单: the items in force today by domain, for one department if the address names it."""
    rules = pack.current()
    wanted = request.GET.get("department", "")
    items = [
        item
        for item in rules.items.values()
        if item.in_force(clock.today()) and (not wanted or wanted in item.providers)
    ]
    return render(
        request,
        "public/catalogue.html",
        {
            "groups": _by_domain(rules, items),
            "count": len(items),
            "departments": _providers(rules),
            "wanted": wanted,
            "refused": rules.prohibited,
        },
    )


def _providers(rules: Pack) -> list[tuple[str, str]]:
    """Departments that provide anything, in the order of the pack."""
    used = {code for item in rules.items.values() for code in item.providers}
    return [(code, name) for code, name in rules.departments.items() if code in used]


def _by_domain(rules: Pack, items: Iterable[Item]) -> list[tuple[str, list[dict[str, object]]]]:
    """领域: an item of several domains stands under each; one without any stands under 其他."""
    grouped: dict[str, list[dict[str, object]]] = {title: [] for title in [*rules.domains.values(), "其他"]}
    for item in items:
        for domain in [rules.domains[code] for code in item.domains] or ["其他"]:
            grouped[domain].append(_row(rules, item))
    return [(title, rows) for title, rows in grouped.items() if rows]


def _row(rules: Pack, item: Item) -> dict[str, object]:
    return {
        "code": item.code,
        "title": item.title,
        "providers": [rules.departments[code] for code in item.providers] or [_kind(item)],
        "disclosure": item.disclosure,
        "status": item.status,
    }


@login_not_required
def item(request: HttpRequest, code: str) -> HttpResponse:
    """目录事项: one item with its fields, its three ends, whether it is sent on, and the articles it rests on."""
    rules = pack.current()
    if code not in rules.items:
        raise Http404
    found = rules.items[code]
    return render(
        request,
        "public/item.html",
        {
            **_row(rules, found),
            "category": rules.categories[found.category],
            "sign": words.SIGN[found.sign],
            "gloss": words.DISCLOSURE[found.disclosure],
            "rank": _class_words(rules, found),
            "fields": found.fields,
            "ends": _ends(found),
            "push": rules.push_refusals(found),
            "push_why": found.may_push.why,
            "citations": found.citations,
            "lists": [rules.list_type(one).title for one in found.list_types],
            "source": found.source,
        },
    )


def _class_words(rules: Pack, found: Item) -> str:
    if found.class_rule is None:
        return "不分类"
    if found.class_rule == "by-decision":
        return "由作出决定的部门在轻微、一般、严重三类中书面认定"
    return rules.class_rule(found.class_rule).title


def _ends(found: Item) -> list[tuple[str, str]]:
    return [
        ("公示", words.end(found.ends.public, never="不向社会公示")),
        ("共享使用", words.end(found.ends.use, never="不共享使用")),
        ("留存", words.end(found.ends.keep, never="不留存")),
    ]
