"""版面: the head of a page, the way to it, and what a page is laid out on."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from daoli_credit.portal.templatetags.ui.buttons import icon
from daoli_credit.portal.templatetags.ui.marks import at_most
from daoli_credit.portal.templatetags.ui.registry import classes, plain, register

# Left: what django.contrib.messages calls its levels.
NOTE_KINDS = {"success": "ok", "warning": "warn", "error": "bad", "info": "", "debug": ""}
NOTE_ICONS = {"": "info-circle", "ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}


@register.simple_tag
def definition_list(pairs: Iterable[tuple[str, object]] | Mapping[str, object], tight: bool = False) -> SafeString:
    """名目: term and value; pairs without a value are left out."""
    rows = pairs.items() if isinstance(pairs, Mapping) else pairs
    filled = [f"<dt>{plain(term)}</dt><dd>{plain(value)}</dd>" for term, value in rows if value not in (None, "")]
    return SafeString(f'<dl class="{"dl dl--tight" if tight else "dl"}">{"".join(filled)}</dl>')


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
        classes("note", kind),
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
