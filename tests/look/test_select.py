"""下拉框: our template says the same as the framework's."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting

CHOICES = [("", "全部"), (1, "一 & 二"), ("<三>", "三"), ("组", [("a", "甲"), ("b", "乙")])]


def _flat(html: str) -> str:
    return re.sub(r">\s+", ">", re.sub(r"\s+<", "<", html.strip()))


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
@pytest.mark.parametrize("value", [None, "", 1, "<三>", "b", "nobody"])
def test_a_select_reads_as_the_framework_writes_it(widget: type[forms.Select], value: object) -> None:
    one = widget(attrs={"required": True, "aria-describedby": "hint"}, choices=CHOICES)
    given = [value] if widget is forms.SelectMultiple and value is not None else value
    ours = one.render("kind", given, renderer=TemplatesSetting())
    theirs = one.render("kind", given, renderer=DjangoTemplates())
    assert _flat(ours) == _flat(theirs)
