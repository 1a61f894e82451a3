"""界面部件的登记: where every component enters itself; `classes` and `plain` serve several."""

from html import escape

from django import template

register = template.Library()


def classes(base: str, kind: str) -> str:
    """The classes of a component and of its kind."""
    return f"{base} {base}--{kind}" if kind else base


def plain(text: object) -> str:
    """Escaped, unless it is safe already: the framework's way asks five things more of each of a thousand words."""
    return str(text.__html__()) if hasattr(text, "__html__") else escape(str(text))
