"""列表: rows, steps and what happened, from templates of their own."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page
from django.template import Context

from daoli_credit.portal.templatetags.ui.registry import register


@register.inclusion_tag("ui/table.html")
def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]], stack: bool = True) -> dict[str, Any]:
    """表格: the first cell of each row is its head; on a phone the rows become small cards."""
    cells = [(row[0], list(zip(head[1:], row[1:], strict=True))) for row in rows]
    return {"caption": caption, "head": head, "stack": stack, "rows": cells}


@register.inclusion_tag("ui/steps.html")
def steps(items: Iterable[Any], label: str = "程序进度") -> dict[str, Any]:
    """步骤: items with `title`, `note`, `state` (done, now, next)."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """经过: items with `title`, `at`, `state` (done, now, next), `word` (of the status), `says`, `limit` (article)."""
    return {"items": items}


@register.inclusion_tag("ui/empty.html")
def empty(says: str, icon: str = "inbox", action: str = "", href: str = "") -> dict[str, Any]:
    """空: one sentence why there is nothing, one thing to do."""
    return {"says": says, "icon": icon, "action": action, "href": href}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: "Page[Any]", noun: str = "条") -> dict[str, Any]:
    """翻页: keeps the other parameters of the address; the page number is `page`."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    gap = page.paginator.ELLIPSIS
    return {"page": page, "numbers": numbers, "noun": noun, "query": context["request"].GET, "gap": gap}


@register.inclusion_tag("ui/access_log_item.html")
def access_log_item(item: Any) -> dict[str, Any]:
    """谁看过: `who`, `at`, `matter`, `case_number`, `saw`, `outcome`, `outcome_kind` (status kind)."""
    return {"item": item}


@register.inclusion_tag("ui/record_item.html")
def record_item(item: Any) -> dict[str, Any]:
    """一条信息: `title`, `href`, `icon`, `tags` [(text, kind)], `pairs`, `says`, `acts` [(text, href, kind)]."""
    return {"item": item}
