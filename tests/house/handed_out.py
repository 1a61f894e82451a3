"""走出口的帮手: what an answer says in whatever form it comes, and the forms that hand out what a page does not."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.urls import NoReverseMatch, reverse
from pypdf import PdfReader

from daoli_credit.accounts.models import Message, User
from tests.house.exits import EXITS, VISIBLE, Ids

MOST = 3  # of the objects of one kind: a bound file takes its time
PRINT = {"purpose": "行政复议、诉讼举证", "whole": "on"}
# What is handed out by a form and not by a link: a look with a purpose, a bound file, a scan, a letter, an export.
FORMS: Mapping[str, Mapping[str, str]] = {
    "record-reveal": {"purpose": "对照决定书核对当事人"},
    "record-paper": {},
    "objection-file": PRINT,
    "repair-file": PRINT,
    "undoing-file": PRINT,
    "listing-file": PRINT,
    "listing-reveal": {"purpose": "核对证件"},
    "listing-original": {},
    "registration-file": PRINT,
    "prior-notice-file": PRINT,
    "honour-file": PRINT,
    "identity-reveal": {"purpose": "对照证件原件核对"},
    "identity-paper": {},
    "measure-reveal": {"purpose": "核对证件"},
    "paper-open": {"purpose": "打印送达当事人"},
    "paper-confirmation": {},
    "export-fetch": {},
    "request-file": {},
}


@dataclass(frozen=True)
class Known:
    """一个记下来的地址: a bookmark, a page that stood open, a form that was filled in."""

    name: str
    method: str
    address: str
    body: Mapping[str, str]


def known(user: User) -> Iterator[Known]:
    """这个人现在打得开的每一个有对象的地址, and every form on it that hands something out."""
    for name, exit_ in EXITS.items():
        if exit_.method != "GET" and name not in FORMS:
            continue
        for wanted in _some(exit_.noun, VISIBLE[exit_.noun](user)):
            with suppress(NoReverseMatch):
                address = reverse(name, args=[*wanted, *exit_.more])
                if exit_.method == "GET":
                    yield Known(name, "GET", address, {})
                if name in FORMS:
                    yield Known(name, "POST", address, FORMS[name])


def _some(noun: str, seen: Ids) -> list[tuple[str, ...]]:
    """Of letters one of each kind, of everything else the newest few."""
    if noun != "paper":
        return sorted(seen, key=lambda ids: (len(ids[-1]), ids))[-MOST:]
    letters = Message.objects.filter(token__in=[token for (token,) in seen]).order_by("pk")
    kinds = {(kind, title): (str(token),) for token, kind, title in letters.values_list("token", "noun", "title")}
    return list(kinds.values())


def said(answer: Any) -> str:
    """一个回答说的全部, without blanks: a page, a PDF's text, every part of a workbook, whatever else as it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"%PDF"):
        with suppress(Exception):  # a scan of the tests is none that a reader takes: its bytes are all it says
            return bare("".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages))
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as packed:
            return bare("".join(packed.read(one).decode(errors="replace") for one in packed.namelist()))
    return bare(body.decode(errors="replace"))


def bare(text: str) -> str:
    """Without blanks and line ends, which a PDF sets where it likes."""
    return re.sub(r"\s", "", text)
