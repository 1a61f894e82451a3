"""走流程用的浏览器: it sees what a person sees, and sends what a browser would send."""

from daoli_credit.embedded.smoke.page import Page

FORM = """
<html><head><title>登记</title><style>p{}</style><script>alert(1)</script></head><body>
<a href="/a/"><span>去</span>这里</a>
<form action="/go/" method="POST">
 <input type="hidden" name="csrfmiddlewaretoken" value="abc"><input name="name" value="林秀云">
 <input type="checkbox" name="a" value="1" checked><input type="checkbox" name="a" value="2">
 <input type="radio" name="r" value="x"><input type="radio" name="r" value="y" checked>
 <input name="off" value="1" disabled><input type="file" name="file">
 <select name="s"><option value="1">一</option><option value="2" selected>二</option></select>
 <select name="t"><option value="5">五</option><option value="6">六</option></select>
 <textarea name="why">因为
所以</textarea>
 <button type="button">不提交</button><button name="act" value="save"><b>存为</b>草稿</button>
</form></body></html>"""


def test_a_form_sends_what_stands_on_the_page() -> None:
    (form,) = Page(FORM).forms
    assert (form.action, form.method) == ("/go/", "post")
    assert form.fields == {
        "csrfmiddlewaretoken": ["abc"],
        "name": ["林秀云"],
        "a": ["1"],
        "r": ["y"],
        "s": ["2"],
        "t": ["5"],
        "why": ["因为\n所以"],
    }
    assert form.names == {"csrfmiddlewaretoken", "name", "a", "r", "file", "s", "t", "why"}


def test_buttons_and_links_are_known_by_their_captions() -> None:
    page = Page(FORM)
    (button,) = page.forms[0].buttons
    assert (button.caption, button.name, button.value) == ("存为草稿", "act", "save")
    assert [(link.caption, link.address) for link in page.links] == [("去这里", "/a/")]


def test_scripts_and_styles_are_not_text() -> None:
    text = Page(FORM).text
    assert "去这里" in text
    assert "alert" not in text
    assert "p{}" not in text
