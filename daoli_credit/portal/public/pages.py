"""公众页: what this portal is, the lists that law knows, and the standing pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.law import pack
from daoli_credit.law.pack import Behaviour, ListType, Pack
from daoli_credit.portal.public import words


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """首页."""
    return render(request, "public/home.html")


@login_not_required
def lists(request: HttpRequest) -> HttpResponse:
    """名单制度说明: every list type with its decider, and where the plan's six behaviours belong today."""
    rules = pack.current()
    return render(
        request,
        "public/lists.html",
        {
            "lists": [_list_row(rules, one) for one in rules.lists.values()],
            "behaviours": [_behaviour_row(rules, one) for one in rules.behaviours.values() if one.kind == "behaviours"],
            "says": rules.publication_says,
            "link": rules.publication_link,
        },
    )


def _list_row(rules: Pack, one: ListType) -> dict[str, object]:
    return {
        "title": one.title,
        "decider": one.decider,
        "procedure": words.PROCEDURE[one.procedure],
        "citations": one.citations,
        "status": one.status,
        "term": words.term(one.term.duration, one.term.anchor),
        "criteria": one.criteria,
        "published_under": one.publication.citation,
        "link": one.publication.link or rules.publication_link,
    }


def _behaviour_row(rules: Pack, one: Behaviour) -> dict[str, object]:
    related = one.list_type or one.related
    return {
        "title": one.title,
        "has_list": one.list_type is not None,
        "reason": one.reason,
        "turn_to": one.turn_to,
        "related": rules.list_type(related).title if related else "",
    }


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍."""
    return render(request, "public/accessibility.html")


@login_not_required
def english(request: HttpRequest) -> HttpResponse:
    """The one page in English."""
    return render(request, "public/english.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息处理规则: 《中华人民共和国个人信息保护法》第十七条."""
    rules = pack.current()
    kept = rules.limits.get("keep-lookup-log")
    return render(request, "public/privacy.html", {"log_kept": words.limit(kept) if kept else ""})
