"""表单: one field, the errors above a form, and the choices of a long list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from daoli_credit.portal.templatetags.ui.registry import plain, register


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
        name if value is True else f'{name}="{plain(value)}"' for name, value in facts.items() if value is not False
    ]
    around = f' for="{plain(one["attrs"]["id"])}"' if one["attrs"].get("id") else ""
    return f"<label{around}><input {' '.join(said)}>\n {plain(one['label'])}</label>\n"


def _group(name: str, ones: Iterable[Mapping[str, Any]]) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, _options(ones))


def _options(ones: Iterable[Mapping[str, Any]]) -> SafeString:
    return SafeString(
        "".join(
            f'<option value="{plain(str(one["value"]))}"{flatatt(one["attrs"]) if one["attrs"] else ""}>'
            f"{plain(one['label'])}</option>\n"
            for one in ones
        )
    )
