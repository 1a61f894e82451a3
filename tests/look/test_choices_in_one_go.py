"""可选的各项: boxes and radios come out as the framework writes them, letter by letter, without a template for each."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from records.review_forms import ReasonedReturnForm

PLAIN = [("a", "甲：<b>"), (2, "乙 & 丙"), ("", "无"), ('"', mark_safe("<i>丁</i>"))]
GROUPED = [("一组 <", [("a", "甲"), ("b", "乙")]), ("c", "丙")]


@pytest.mark.parametrize("widget", [forms.CheckboxSelectMultiple, forms.RadioSelect])
@pytest.mark.parametrize("choices", [PLAIN, GROUPED])
@pytest.mark.parametrize("value", [None, ["a"], ["2", "b"]])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_x"}, {"id": "x", "class": "c", "disabled": True, "hidden": False}])
def test_as_the_framework_writes_them(widget: Any, choices: Any, value: Any, attrs: dict[str, Any]) -> None:
    shown = widget(choices=choices)
    theirs = shown.render("name", value, attrs=attrs, renderer=DjangoTemplates())
    assert shown.render("name", value, attrs=attrs) == theirs


def test_a_form_that_came_back_keeps_what_was_ticked() -> None:
    form = ReasonedReturnForm({"reasons": ["missing", "gone"]})
    theirs = form["reasons"].as_widget()
    assert "checked" in theirs
    assert 'aria-invalid="true"' in theirs
    assert theirs.count("<input") == len(form.fields["reasons"].choices)  # type: ignore[attr-defined]
