"""界面部件 `{% load ui %}`: one tag per component, each with its story on /ui/. Block tags take what stands between."""

from daoli_credit.portal.templatetags.ui import buttons, fields, lists, marks, surfaces
from daoli_credit.portal.templatetags.ui.registry import register

__all__ = ["buttons", "fields", "lists", "marks", "register", "surfaces"]
