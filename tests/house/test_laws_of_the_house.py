"""Each law of design.md §2 has its test here: one writer, one caller, one opener, one clock, one sender."""

import ast
import re
from pathlib import Path

from django.apps import apps

from daoli_credit.workflow import Stepped
from tests.house import sources

WRITING = {"update", "create", "get_or_create", "update_or_create", "bulk_create"}


def test_one_status_writer() -> None:
    wrong = []
    for name, path in sources.modules():
        if name.startswith(("daoli_credit.workflow", "daoli_credit.embedded")):
            continue
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Assign):
                written = any(isinstance(one, ast.Attribute) and one.attr == "status" for one in node.targets)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
                written = any(word.arg == "status" for word in node.keywords)
            else:
                continue
            if written:
                wrong.append(f"{path}:{node.lineno}")
    assert not wrong, f"状态只由 taking、taking_many 改写：{wrong}"


def test_one_guardian_caller() -> None:
    asking = sources.saying("get_objects_for_user", but=("daoli_credit.accounts.access",))
    importing = sources.saying("from guardian", but=("daoli_credit.accounts.access", "daoli_credit.accounts.roles"))
    assert not asking + importing


def test_one_identity_opener() -> None:
    # an export's file is opened for the one who asked for it;
    # a bureau's sheet holds identities too: sealed_sheets opens it for the worker and for the clerks who sent it;
    # a stored body is what a reveal with its look-up has made; it is opened only to be sent again as it is
    places = (
        "records.identity",
        "records.sealed_sheets",
        "records.sealed_exports",
        "records.archives",  # a sealed copy, because of a look-up about its person; it holds no identity
        "records.histories",  # what was said beside an ended record: for the person, and for an approved opening
        "records.sealed_attachments",  # a scan: for staff because of a look, and for the person it is about
        "records.kept_forms",  # what a clerk has typed and not saved, for that clerk alone
        "incentives.sealed_checks",  # what was answered and the sheets that were asked with, because of a look
        "records.sealed_papers",  # as it was handed over, after the look with its purpose
        "records.sealed_requests",  # whom a court asks about, as its document says, because of a look
        "daoli_credit.accounts.messages",
        "daoli_credit.accounts.second_factor",  # an authenticator's secret, nobody's identity
        "daoli_credit.feeds.bodies",
        "daoli_credit.rulepack.texts",  # the text of a law
    )
    opening = sources.saying("cipher.unseal(", but=places)
    showing = sources.saying("identity._open(", but=("records.identity",))
    assert not opening + showing


def test_one_clock() -> None:
    # sessions end by the machine's time, which no demo may move
    places = (
        "daoli_credit.law.clock",
        "daoli_credit.embedded.smoke.days",  # the walk asks from outside, and has one clock too
        "daoli_credit.sandbox",
        "daoli_credit.accounts.sitting",
    )
    asking = [
        line
        for text in ("date.today(", "datetime.now(", "timezone.now(", "localdate(")
        for line in sources.saying(text, but=places)
    ]
    assert not asking, "\n".join(asking)


def test_one_sender() -> None:
    # the drill orders a fault at a sandbox and carries nothing of ours
    places = (
        "daoli_credit.demo.drill",
        # asks the platforms above about one person; nothing that we hold is sent (docs/inbound.md)
        "incentives.asking",
        "daoli_credit.feeds",
        "daoli_credit.embedded",
        "daoli_credit.sandbox",
        "daoli_credit.accounts.oidc",
    )
    calling = [
        line
        for text in ("import requests", "import urllib3", "import aiohttp", "import httpx", "urllib.request")
        for line in sources.saying(text, but=places)
    ]
    assert not calling, "\n".join(calling)


def _nouns_with_steps() -> list[str]:
    return [model.__name__ for model in apps.get_models() if issubclass(model, Stepped)]


def test_views_ask_a_visibility_queryset_never_all_rows() -> None:
    wrong = []
    direct = re.compile(
        rf"\b(?:{'|'.join(_nouns_with_steps())})\.objects\.(?!visible_to|about|published|of_departments)\w+"
    )
    for name, path in sources.modules():
        if re.search(r"\.(views|api|forms)(\.|$)", name):
            wrong += [f"{path}: {found}" for found in direct.findall(path.read_text(encoding="utf-8"))]
    assert not wrong, "\n".join(wrong)


def test_the_seeder_makes_nothing_with_steps_by_hand() -> None:
    by_hand = re.compile(rf"\b(?:{'|'.join(_nouns_with_steps())})(?:\(|\.objects\.(?:bulk_|get_or_|update_or_)?create)")
    wrong = [
        f"{path}: {found}"
        for name, path in sources.modules()
        if name.startswith("daoli_credit.demo")
        for found in by_hand.findall(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_signals_for_domain_logic() -> None:
    assert not sources.saying("django.db.models.signals") + sources.saying("@receiver")


def test_no_room_called_utils_helpers_common_or_core() -> None:
    parts = {part for name, _ in sources.modules() for part in name.split(".")}
    assert not parts & {"utils", "util", "helpers", "common", "core", "misc"}


def test_no_todo_without_an_issue() -> None:
    marks = [line for word in ("TODO", "FIXME", "XXX") for line in sources.saying(word)]
    assert not [line for line in marks if not re.search(r"#\d+", line)]


def test_no_test_empties_the_cache_of_the_others() -> None:
    here = Path(__file__).parents[1]
    wrong = [
        str(path)
        for path in here.rglob("*.py")
        if re.search(r"(?<!own_)\bcache\.clear\(\)|\.flushdb\(", _code(path.read_text(encoding="utf-8")))
    ]
    assert not wrong, f"Valkey 由几个测试进程共用，只忘自己的（tests/own_cache.py）：{wrong}"


def _code(text: str) -> str:
    """Without what only speaks of it."""
    return re.sub(r'"""[\s\S]*?"""', "", text)
