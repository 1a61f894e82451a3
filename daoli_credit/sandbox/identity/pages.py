"""网页: two pages of another house. No script, nothing inline, so that the strictest policy holds."""

from dataclasses import asdict
from html import escape
from pathlib import Path
from string import Template

from daoli_credit.sandbox.identity.authorize import Ask
from daoli_credit.sandbox.identity.people import Person

HERE = Path(__file__).parent
STYLE = (HERE / "style.css").read_bytes()
CITIZEN_ASKS = "“道里诚信”请求核验您的身份。登录后，本平台将向它提供您的姓名和证件号码，供其查找您本人的信息。"
STAFF_ASKS = "“道里诚信”请求核验您是哪一个工作账号。本平台只告诉它一个不含姓名的用户标识。"
FRAME = Template((HERE / "page.html").read_text(encoding="utf-8"))


def _hidden(**values: str) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items())


def _one_click(ask: Ask, one: Person) -> str:
    fields = _hidden(**asdict(ask), username=one.username, password=one.password)
    known = one.id_number or one.face == "staff"
    label = f"{one.name}（{one.username}）" if known else f"{one.name}（{one.username}，未实名）"
    return f'<form method="post" action="/authorize">{fields}<button class="plain">{escape(label)}</button></form>'


def sign_in(ask: Ask, people: list[Person], *, cancel: str, username: str = "", error: str = "") -> bytes:
    """登录页: a form of its own, and as this is a demonstration, the people to choose from with one click."""
    hinted = [one for one in people if one.username == ask.login_hint] or people
    clicks = "".join(_one_click(ask, one) for one in hinted)
    told = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    staff = any(one.face == "staff" for one in hinted)
    title = "单位统一身份认证" if staff else "实名登录"
    asks = STAFF_ASKS if staff else CITIZEN_ASKS
    agree = "登录" if staff else "登录并同意提供"
    body = f"""<h1>{title}</h1>
<p>{asks}</p>
{told}<form method="post" action="/authorize">{_hidden(**asdict(ask))}
<label for="username">用户名</label>
<input id="username" name="username" autocomplete="username" required value="{escape(username or ask.login_hint)}">
<label for="password">密码</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>{agree}</button></form>
<p><a href="{escape(cancel)}">不同意，返回</a></p>
<section aria-labelledby="demo"><h2 id="demo">演示人物，点一下即登录</h2>{clicks}</section>"""
    return FRAME.substitute(title=title, body=body).encode()


def problem(says: str) -> bytes:
    """出错页."""
    return FRAME.substitute(title="无法继续", body=f"<h1>无法继续</h1><p>{escape(says)}</p>").encode()
