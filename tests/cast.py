"""人物: always the same people. 赵敏 enters for market regulation, 孙建国 reviews there, 刘洁 may do both; 李静 and
王涛 are another bureau and must see nothing of it; 许文静 enters for human resources, 高远 reviews its law and
邓国栋 decides there; 贺梅 and 罗建 handle the guide 方晓燕 at tourism; 周航 watches the feeds, 马晓雨 plans campaigns,
何志远 supervises, 陈立 and 田丽 work for him at the desk and the window; 孟凡, 江澜
and 秦峰 are the three officers (三员) and read no record; two citizens share the name 林秀云."""

from dataclasses import dataclass

import pytest
from django.test import Client

from daoli_credit import cipher
from daoli_credit.accounts.cast import CAST
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import staff
from records.identity import Identity
from records.rules.id_number import RESIDENT

BODIES = ("market-regulation", "health", "human-resources", "tourism")


@dataclass(frozen=True)
class Cast:
    """The cast, signed up and ready."""

    clerk: User
    reviewer: User
    both: User
    other_clerk: User
    other_reviewer: User
    wage_clerk: User
    legal: User
    decider: User
    tour_clerk: User
    tour_reviewer: User
    feed_operator: User
    organiser: User
    supervisor: User
    operator: User
    counter: User
    system_officer: User
    security_officer: User
    audit_officer: User
    citizen: User
    namesake: User
    third: User
    guide: User
    market: Department
    health: Department
    wages: Department
    tourism: Department


def identity(username: str) -> Identity:
    """A citizen's name and number."""
    person = next(one for one in CAST if one.username == username)
    return Identity(person.display_name, RESIDENT, person.id_number)


def _named() -> dict[str, User]:
    return {user.username: user for user in User.objects.exclude(face="system")}


def _citizen(username: str, known: dict[str, User]) -> User:
    if f"c-{username}" in known:
        return known[f"c-{username}"]
    key = cipher.person_keys(identity(username).id_number)[0]
    return User.objects.citizen(username=f"c-{username}", person_key=key)


def signs_in(username: str, password: str) -> User:
    """One of the staff with this password; without one for ""."""
    person = next(one for one in CAST if one.username == username)
    user, _ = User.objects.get_or_create(
        username=username, defaults={"face": person.face, "display_name": person.display_name}
    )
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


def assemble() -> Cast:
    """Everybody, in the database of this test. A worker's own database has the staff already."""
    named = _named()
    if CAST[0].username not in named:
        staff.the_cast("")
        named = _named()
    bodies = {body.code: body for body in Department.objects.filter(code__in=BODIES)}
    return Cast(
        clerk=named["zhaomin"],
        reviewer=named["sunjianguo"],
        both=named["liujie"],
        other_clerk=named["lijing"],
        other_reviewer=named["wangtao"],
        wage_clerk=named["xuwenjing"],
        legal=named["gaoyuan"],
        decider=named["dengguodong"],
        tour_clerk=named["hemei"],
        tour_reviewer=named["luojian"],
        feed_operator=named["zhouhang"],
        organiser=named["maxiaoyu"],
        supervisor=named["hezhiyuan"],
        operator=named["chenli"],
        counter=named["tianli"],
        system_officer=named["mengfan"],
        security_officer=named["jianglan"],
        audit_officer=named["qinfeng"],
        citizen=_citizen("linxiuyun", named),
        namesake=_citizen("linxiuyun2", named),
        third=_citizen("guchanglin", named),
        guide=_citizen("fangxiaoyan", named),
        market=bodies["market-regulation"],
        health=bodies["health"],
        wages=bodies["human-resources"],
        tourism=bodies["tourism"],
    )


def browser(user: User | None) -> Client:
    """A browser of this person, signed in; of nobody for None."""
    client = Client(raise_request_exception=True)
    if user is not None:
        client.force_login(user)
        if user.face == "citizen":
            session = client.session
            session["masked_name"] = "林*云"
            session.save()
    return client


def sign_in(client: Client, username: str) -> Client:
    """Signs one of the cast in, making the cast first if it is not there."""
    if not User.objects.filter(username=username).exists():
        staff.the_cast("")
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, inside a rolled-back test."""
    return assemble()
