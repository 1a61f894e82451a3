"""按钮和图标: what is pressed, and the sign beside a word."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from daoli_credit.portal.templatetags.ui.registry import classes, register


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, size: str = "") -> SafeString:
    """图标: a symbol of the sprite, hidden from screen readers; the words stand beside it. `size`: "" or "l"."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes("i", size),
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
