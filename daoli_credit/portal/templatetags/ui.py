"""界面部件 `{% load ui %}`: one tag per component, each with its story on /ui/. Block tags take what stands between."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from records import leaves

register = template.Library()

STATUS_KINDS = ("ok", "warn", "bad", "done", "off", "none")
# Left: what django.contrib.messages calls its levels.
NOTE_KINDS = {"success": "ok", "warning": "warn", "error": "bad", "info": "", "debug": ""}
NOTE_ICONS = {"": "info-circle", "ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}


def _classes(base: str, kind: str) -> str:
    return f"{base} {base}--{kind}" if kind else base


DOOR = re.compile(r"/rules/[a-z_]+/[a-z0-9-]+/")


@register.filter
def doors(text: object) -> SafeString:
    """办理入口: a sentence that names where a rule is confirmed becomes a link there; the rest is escaped as ever."""
    said = str(text)
    at, parts = 0, []
    for found in DOOR.finditer(said):
        parts.append(format_html('{}<a href="{}">打开这条规则</a>', said[at : found.start()], found.group()))
        at = found.end()
    return format_html("{}{}", format_html_join("", "{}", ((part,) for part in parts)), said[at:])


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, size: str = "") -> SafeString:
    """图标: a symbol of the sprite, hidden from screen readers; the words stand beside it. `size`: "" or "l"."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        _classes("i", size),
        static("icons.svg"),
        name,
    )


def _face(text: str, icon_name: str) -> SafeString:
    return format_html("{}{}", icon(icon_name), text) if icon_name else format_html("{}", text)


@register.simple_tag
def button(text: str, kind: str = "", icon: str = "", *, name: str = "", value: str = "", says: str = "") -> SafeString:
    """按钮: submits the form around it. `kind`: primary, danger, quiet, s, l. `says` is only read aloud."""
    return format_html(
        '<button class="{}" type="submit"{}>{}{}</button>',
        _button_classes(kind),
        format_html(' name="{}" value="{}"', name, value) if name else "",
        _face(text, icon),
        _unseen(says),
    )


@register.simple_tag
def link_button(text: str, href: str, kind: str = "", icon: str = "", says: str = "") -> SafeString:
    """按钮式链接: goes somewhere; an act that changes anything is a `button`."""
    face = format_html("{}{}", _face(text, icon), _unseen(says))
    return format_html('<a class="{}" href="{}">{}</a>', _button_classes(kind), href, face)


@register.simple_tag
def locked_button(text: str, why_id: str) -> SafeString:
    """锁住的按钮: the step is not open yet; the element with `why_id` says until when and under which article."""
    return format_html(
        '<button class="btn btn--phone" type="button" aria-disabled="true" aria-describedby="{}">{}{}</button>',
        why_id,
        icon("lock"),
        text,
    )


def _button_classes(kinds: str) -> str:
    return " ".join(["btn", *(f"btn--{kind}" for kind in kinds.split()), "btn--phone"])


def _unseen(text: str) -> SafeString:
    return format_html('<span class="vh">{}</span>', text) if text else SafeString()


@register.simple_tag
def status(kind: str, word: str) -> SafeString:
    """状态: shape, word and colour together. ok ●, warn ▲, bad ◆, done ✓, off ○, none –.

    Raises ValueError for another kind.
    """
    if kind not in STATUS_KINDS:
        raise ValueError(f"没有“{kind}”这种状态")
    return format_html('<span class="st st--{}">{}</span>', kind, word)


@register.simple_tag
def tag(text: str, kind: str = "") -> SafeString:
    """标签: a short fact beside a title. `kind`: "", p, ok, warn, bad."""
    return format_html('<span class="{}">{}</span>', _classes("tag", kind), text)


@register.simple_tag
def masked(text: str, what: str = "") -> SafeString:
    """遮盖的身份: an already masked name or number; a listener is told that it is masked."""
    return SafeString(f'<span class="code">{_plain(text)}</span><span class="vh">（{_plain(what)}已遮盖）</span>')


@register.simple_tag
def stat(label: str, number: object, unit: str = "", note: str = "", href: str = "") -> SafeString:
    """数字: one figure; with `href` the figure opens its rows."""
    figure = format_html("{}<small>{}</small>", number, unit)
    return format_html(
        '<div class="card stat"><span class="stat__l">{}</span><span class="stat__n">{}</span>{}</div>',
        label,
        format_html('<a href="{}">{}</a>', href, figure) if href else figure,
        format_html('<span class="stat__d">{}</span>', note) if note else "",
    )


@register.simple_tag
def progress(percent: int, label: str, kind: str = "") -> SafeString:
    """进度: `kind` "", warn or bad; the number stands beside the bar."""
    return format_html(
        '<progress class="{}" max="100" value="{}" aria-label="{}">{}%</progress><span class="xs muted num">{}%</span>',
        f"is-{kind}" if kind else "",
        percent,
        label,
        percent,
        percent,
    )


@register.simple_tag
def definition_list(pairs: Iterable[tuple[str, object]] | Mapping[str, object], tight: bool = False) -> SafeString:
    """名目: term and value; pairs without a value are left out."""
    rows = pairs.items() if isinstance(pairs, Mapping) else pairs
    filled = [f"<dt>{_plain(term)}</dt><dd>{_plain(value)}</dd>" for term, value in rows if value not in (None, "")]
    return SafeString(f'<dl class="{"dl dl--tight" if tight else "dl"}">{"".join(filled)}</dl>')


def _plain(text: object) -> str:
    """Escaped, unless it is safe already: the framework's way asks five things more of each of a thousand words."""
    return str(text.__html__()) if hasattr(text, "__html__") else escape(str(text))


@register.simple_tag
def crumbs(*parts: str) -> SafeString:
    """当前位置: label and url name (or address) in turn, the last label alone: `{% crumbs "首页" "home" "目录" %}`."""
    above = list(zip(parts[:-1:2], parts[1:-1:2], strict=True))
    links = format_html_join(
        "",
        '<li><a href="{}">{}</a></li>',
        ((where if where.startswith("/") else reverse(where), label) for label, where in above),
    )
    return format_html(
        '<nav class="crumb not-large" aria-label="当前位置"><ol>{}<li aria-current="page">{}</li></ol></nav>',
        links,
        parts[-1],
    )


@register.simple_block_tag
def page_head(content: str, title: str, lead: str = "") -> SafeString:
    """页首: the only h1, a sentence under it, and the page's acts between the tags."""
    return format_html(
        '<div class="head mt3"><div><h1>{}</h1>{}</div>{}</div>',
        title,
        format_html('<p class="head__lead">{}</p>', lead) if lead else "",
        format_html('<div class="row act">{}</div>', content) if content.strip() else "",
    )


@register.simple_block_tag
def note(content: str, kind: str = "", title: str = "", icon_name: str = "", role: str = "") -> SafeString:
    """提示: `kind` "", ok, warn, bad, or a message level."""
    kind = NOTE_KINDS.get(kind, kind)
    return format_html(
        '<div class="{}"{}><span>{}</span><div>{}{}</div></div>',
        _classes("note", kind),
        format_html(' role="{}"', role) if role else "",
        icon(icon_name or NOTE_ICONS[kind]),
        format_html("<h2>{}</h2>", title) if title else "",
        content,
    )


@register.simple_block_tag
def card(content: str, title: str = "", aside: str = "", *, foot: str = "", flush: bool = False) -> SafeString:
    """卡片: a titled surface. `aside` stands right of the title, `foot` below; `flush` for a table of its own."""
    return format_html(
        '<section class="card">{}{}{}</section>',
        format_html('<div class="card__h"><h2>{}</h2>{}</div>', title, _small(aside)) if title else "",
        content if flush else format_html('<div class="card__b stack-s">{}</div>', content),
        format_html('<div class="card__f">{}</div>', foot) if foot else "",
    )


def _small(text: str) -> SafeString:
    return format_html('<span class="small faint">{}</span>', text) if text else SafeString()


@register.simple_tag
def menu_links(groups: Iterable[tuple[str, Iterable[Any]]]) -> SafeString:
    """左侧菜单: headings and items; a page shows it twice, beside itself and folded, and makes it once."""
    return format_html_join(
        "",
        "{}{}",
        (
            (
                format_html("<h2>{}</h2>", title) if title else "",
                format_html_join("", "{}", ((_entry(one),) for one in items)),
            )
            for title, items in groups
        ),
    )


@lru_cache(maxsize=2000)
def _entry(item: Any) -> SafeString:
    waits = (
        format_html('<span class="badge">{}<span class="vh"> 项待办</span></span>', at_most(item.count))
        if item.count
        else ""
    )
    return format_html(
        '<a class="item" href="{}"{}>{}{}{}</a>',
        item.url,
        SafeString(' aria-current="page"') if item.current else "",
        icon(item.icon),
        item.label,
        waits,
    )


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


@register.filter
def at_most(count: int) -> str:
    """件数: what is counted no further than a thousand is said as “999+”."""
    return f"{leaves.MOST}+" if count > leaves.MOST else str(count)


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


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """表单项: label, hint, error and control as one group, from `django/forms/field.html`."""
    return bound.as_field_group()


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """错误汇总: stands above the form, takes the focus, and links each error to its field."""
    errors = [(bound, list(bound.errors)) for bound in form.visible_fields() if bound.errors]
    loose = [*form.non_field_errors(), *(error for hidden in form.hidden_fields() for error in hidden.errors)]
    return {"errors": errors, "loose": loose, "count": sum(len(found) for _, found in errors) + len(loose)}


@register.simple_tag
def options(groups: Iterable[tuple[str | None, Sequence[Mapping[str, Any]], int]]) -> SafeString:
    """选项 of a select, in one go: the framework takes a template for each of four hundred."""
    html = [_options(ones) if group is None else _group(group, ones) for group, ones, _ in groups]
    return format_html_join("", "{}", ((one,) for one in html))


@register.simple_tag
def choices(groups: Iterable[tuple[str | None, Sequence[Mapping[str, Any]], int]]) -> SafeString:
    """可选的各项 of boxes or radios, in one go: the framework takes four templates for each."""
    html = [_choices(ones) if group is None else _choice_group(group, ones) for group, ones, _ in groups]
    return format_html_join("", "{}", ((one,) for one in html))


def _choice_group(name: str, ones: Iterable[Mapping[str, Any]]) -> SafeString:
    return format_html("\n  <div><label>{}</label>{}\n  </div>", name, _choices(ones))


def _choices(ones: Iterable[Mapping[str, Any]]) -> SafeString:
    return SafeString("".join(f"<div>\n    {_choice(one)}\n</div>" for one in ones))


def _choice(one: Mapping[str, Any]) -> str:
    """One box or radio inside its label, its attributes in their order."""
    facts = {"type": one["type"], "name": one["name"], "value": str(one["value"]), **one["attrs"]}
    said = [
        name if value is True else f'{name}="{_plain(value)}"' for name, value in facts.items() if value is not False
    ]
    around = f' for="{_plain(one["attrs"]["id"])}"' if one["attrs"].get("id") else ""
    return f"<label{around}><input {' '.join(said)}>\n {_plain(one['label'])}</label>\n"


def _group(name: str, ones: Iterable[Mapping[str, Any]]) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, _options(ones))


def _options(ones: Iterable[Mapping[str, Any]]) -> SafeString:
    return SafeString(
        "".join(
            f'<option value="{_plain(str(one["value"]))}"{flatatt(one["attrs"]) if one["attrs"] else ""}>'
            f"{_plain(one['label'])}</option>\n"
            for one in ones
        )
    )
