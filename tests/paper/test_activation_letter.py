"""激活信: the PDF at the window says what the page says, holds the code once, and nothing of it is kept."""

import base64
import html
import re

import pytest

from daoli_credit.accounts.models import Message
from records.models import Paper
from tests.cast import Cast, browser, identity
from tests.paper.test_sheet import flat, said

pytestmark = pytest.mark.django_db


def test_the_pdf_says_what_the_page_says_and_is_kept_nowhere(cast: Cast) -> None:
    who = identity("linxiuyun")
    page = browser(cast.counter).post("/desk/counter/", {"name": who.name, "id_number": who.id_number, "checked": "on"})
    shown = html.unescape(page.content.decode())
    found = re.search(r'href="data:application/pdf;base64,([^"]+)"', shown)
    assert found
    text = said(base64.b64decode(found.group(1)))
    article = shown[shown.index("<article") : shown.index("</article>")]
    for line in (flat(re.sub("<[^>]+>", "", one)) for one in re.split(r"</p>|</h1>|</h2>|</li>", article)):
        assert line in re.sub(r"\d\.(?=打开|填写|自己)", "", text), line
    code = re.search(r'class="code">([^<]+)</code>', shown)
    assert code
    assert flat(code.group(1)) in text
    assert not Paper.objects.exists()
    assert code.group(1) not in str(list(Message.objects.values()))
