"""激活信的 PDF: made while the code exists in plain, given out with the page and kept nowhere."""

import base64

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts.letters import Printed
from daoli_credit.paper.sheet import Sheet, pdf
from daoli_credit.paper.typeface import MissingGlyph


def sheet(printed: Printed, *, name: str, number: str, door: str) -> Sheet:
    """版面: the same words as the page at the window."""
    facts = {"letter": printed.letter, "code": printed.code, "door": door, "site": settings.SITE}
    return Sheet(
        title="道里诚信激活信",
        text=render_to_string("documents/activation_letter_v1.txt", facts).strip() + "\n",
        number=printed.letter.number,
        addressee=f"{name}（{number}）",
        code=printed.code,
        digested=False,
    )


def link(printed: Printed, *, name: str, number: str, door: str) -> str:
    """下载的网址: holds the file itself, so that nothing is stored and no address can be opened twice.

    Empty when the font lacks a character of the name: the page is printed instead.
    """
    try:
        data = pdf(sheet(printed, name=name, number=number, door=door))
    except MissingGlyph:
        return ""
    return "data:application/pdf;base64," + base64.b64encode(data).decode()
