"""记号: words, figures and states, each said by more than its colour."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from daoli_credit.law.doors import without
from daoli_credit.portal.templatetags.ui.registry import classes, plain, register
from records import leaves

STATUS_KINDS = ("ok", "warn", "bad", "done", "off", "none")
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


@register.filter
def no_door(text: object) -> str:
    """The sentence without where a rule is confirmed: nothing for a visitor or the person to do there."""
    return without(str(text))


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
    return format_html('<span class="{}">{}</span>', classes("tag", kind), text)


@register.simple_tag
def masked(text: str, what: str = "") -> SafeString:
    """遮盖的身份: an already masked name or number; a listener is told that it is masked."""
    return SafeString(f'<span class="code">{plain(text)}</span><span class="vh">（{plain(what)}已遮盖）</span>')


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


@register.filter
def at_most(count: int) -> str:
    """件数: what is counted no further than a thousand is said as “999+”."""
    return f"{leaves.MOST}+" if count > leaves.MOST else str(count)
