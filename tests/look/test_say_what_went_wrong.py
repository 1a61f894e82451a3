"""出错页: plain words, the right number, and nothing that should not be told."""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from daoli_credit.portal.public import errors
from tests.cast import Cast, browser, cast

__all__ = ["cast"]


@pytest.fixture
def request_of_nobody(visitor: Client) -> WSGIRequest:
    return visitor.get("/").wsgi_request


def test_a_refusal_names_the_missing_duty(request_of_nobody: WSGIRequest) -> None:
    answer = errors.forbidden(request_of_nobody, PermissionDenied("这一页要有“复核”这项职责"))
    assert answer.status_code == 403
    assert "这一页要有“复核”这项职责。" in answer.content.decode()


def test_a_refusal_without_a_name_still_says_why(request_of_nobody: WSGIRequest) -> None:
    assert "需要相应的职责" in errors.forbidden(request_of_nobody, PermissionDenied()).content.decode()


def test_an_old_form_is_told_to_open_its_page_anew(request_of_nobody: WSGIRequest) -> None:
    answer = errors.csrf_failure(request_of_nobody)
    assert answer.status_code == 403
    assert "请回到那一页重新打开，再填一次" in answer.content.decode()


def test_an_unknown_address_says_nothing_about_what_it_might_be(request_of_nobody: WSGIRequest) -> None:
    answer = errors.not_found(request_of_nobody, Http404("张三的记录"))
    assert answer.status_code == 404
    assert "张三" not in answer.content.decode()


def test_an_official_meets_an_error_inside_his_own_desk(visitor: Client, cast: Cast) -> None:
    request = browser(cast.clerk).get("/").wsgi_request
    assert "工作台导航" in errors.not_found(request, Http404()).content.decode()


def test_a_failure_shows_a_trace_number_and_the_telephone_without_any_database(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SITE = settings.SITE | {"phone": "0451-1234 5678"}
    with caplog.at_level(logging.ERROR):
        answer = errors.server_error(RequestFactory().get("/desk/"))
    text = answer.content.decode()
    trace = re.search(r'<b class="code">([0-9a-f]{8})</b>', text)
    assert answer.status_code == 500
    assert trace
    assert trace.group(1) in caplog.text
    assert "0451-1234 5678" in text


def test_an_unreadable_request_is_answered_without_any_database() -> None:
    answer = errors.bad_request(RequestFactory().get("/"), ValueError())
    assert answer.status_code == 400
    assert "这个请求读不懂" in answer.content.decode()


def test_a_conflict_says_what_changed_and_where_to_see_it() -> None:
    text = render_to_string("409.html", {"reason": "这条记录 14:05 已经复核通过。", "current": "/desk/records/7/"})
    assert "这条记录 14:05 已经复核通过。" in text
    assert 'href="/desk/records/7/"' in text


def test_what_has_ended_is_gone_for_everybody_in_the_same_words() -> None:
    assert render_to_string("410.html", {"title": "李某某", "reason": "修复"}) == render_to_string("410.html")


def test_who_was_too_quick_is_told_how_long_to_wait() -> None:
    assert "请在 2 分钟后再试" in render_to_string("429.html", {"minutes": 2})
