"""界面部件: what each promises to who cannot see it."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory

from daoli_credit.portal import menu
from daoli_credit.portal.templatetags.ui import marks
from tests.cast import Cast, browser, cast

__all__ = ["cast"]


class Asked(forms.Form):
    name = forms.CharField(label="完整姓名", help_text="与证件一致")
    way = forms.ChoiceField(label="方式", choices=[("direct", "直接送达")], widget=forms.RadioSelect)
    note = forms.CharField(label="备注", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("两项对不上")


def drawn(template: str, **context: object) -> str:
    return Template("{% load ui %}" + template).render(Context(context))


def test_a_status_is_a_word_and_never_a_colour_alone() -> None:
    assert drawn('{% status "bad" "逾期" %}') == '<span class="st st--bad">逾期</span>'
    with pytest.raises(ValueError, match="没有“green”这种状态"):
        marks.status("green", "正常")


def test_an_icon_is_silent() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "lock" %}')


def test_a_component_escapes_what_it_is_given() -> None:
    bad = "<b>"
    for template in (
        "{% tag x %}",
        "{% note title=x %}{{ x }}{% endnote %}",
        "{% definition_list pairs %}",
        "{% card x %}{{ x }}{% endcard %}",
    ):
        assert bad not in drawn(template, x=bad, pairs=[(bad, bad)]), template


def test_a_definition_without_a_value_is_left_out() -> None:
    text = drawn("{% definition_list pairs %}", pairs=[("来源", "区卫健局"), ("文号", ""), ("件数", 0)])
    assert "文号" not in text
    assert "<dd>0</dd>" in text


def test_a_locked_button_points_to_its_reason() -> None:
    text = drawn('{% locked_button "提交法制审核" "why" %}')
    assert 'aria-disabled="true"' in text
    assert 'aria-describedby="why"' in text
    assert 'type="submit"' not in text


def test_a_field_is_tied_to_its_hint_and_its_error() -> None:
    text = drawn("{% field form.name %}", form=Asked({}))
    assert '<label for="id_name">' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'id="id_name_helptext"' in text
    assert 'id="id_name_error"' in text
    assert 'aria-invalid="true"' in text


def test_a_group_of_choices_has_a_legend() -> None:
    assert '<legend id="id_way"' in drawn("{% field form.way %}", form=Asked())


def test_a_field_that_may_stay_empty_says_so() -> None:
    form = Asked()
    assert "（选填）" in drawn("{% field form.note %}", form=form)
    assert "（选填）" not in drawn("{% field form.name %}", form=form)


def test_a_form_begins_with_the_sum_of_its_errors_and_links_to_each() -> None:
    text = drawn("{{ form }}", form=Asked({}))
    assert text.index("有 3 处需要修改") < text.index("<label")
    assert 'href="#id_name"' in text
    assert "两项对不上" in text
    assert "autofocus" in text


def test_a_form_without_errors_has_no_summary() -> None:
    assert "需要修改" not in drawn("{{ form }}", form=Asked())


def test_the_pager_keeps_what_was_filtered() -> None:
    page = Paginator(range(30), 10).page(2)
    text = drawn("{% pager page %}", page=page, request=RequestFactory().get("/x/?status=draft&page=2"))
    assert "?status=draft&amp;page=3" in text
    assert "共 30 条" in text


def test_the_trail_ends_at_the_page_itself() -> None:
    text = drawn('{% crumbs "首页" "home" "目录与清单" "catalogue" "某事项" %}')
    assert 'href="/catalogue/"' in text
    assert '<li aria-current="page">某事项</li>' in text


def test_a_menu_lists_no_page_that_does_not_exist(monkeypatch: pytest.MonkeyPatch, visitor: Client) -> None:
    monkeypatch.setattr(menu, "PUBLIC", (*menu.PUBLIC, menu.Entry("将来", "a-page-of-tomorrow", "home")))
    text = visitor.get("/").content.decode()
    assert "目录与清单" in text
    assert "将来" not in text


def test_a_menu_shows_each_face_its_own_work(visitor: Client, cast: Cast) -> None:
    def labels(user: object) -> set[str]:
        request = browser(user).get("/rights/").wsgi_request  # type: ignore[arg-type]  # one of the cast
        return {item.label for _, items in menu.groups(request) for item in items}

    assert {"工作台", "单条录入"} <= labels(cast.clerk)
    assert "待复核" not in labels(cast.clerk)
    assert "任务总览" in labels(cast.supervisor)
    assert "单条录入" not in labels(cast.supervisor)
    assert labels(cast.citizen) == set()


def test_a_menu_marks_where_the_reader_is(visitor: Client) -> None:
    request = visitor.get("/catalogue/penalty-food/").wsgi_request
    assert [item.label for item in menu.top(request) if item.current] == ["目录与清单"]
