"""演示的激活信和接口密钥, by the true acts on their own days: a card checked; keys in use, asked for, ended."""

from datetime import timedelta

from daoli_credit.accounts import letters, service_keys
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo.story import identity
from daoli_credit.law import clock

KEYS = (
    ("行政处罚案件系统", "market-regulation", ("connect", "records"), 40, "approved"),
    ("一体化政务服务平台", "human-resources", ("connect", "checks"), 5, "asked"),
    ("旧的统计报表系统", "health", ("connect",), 90, "revoked"),
)


def tell() -> int:
    """讲这一段. Returns how many keys it has made."""
    today = clock.today()
    asks, approves, window = (User.objects.get(username=name) for name in ("mengfan", "jianglan", "tianli"))
    with clock.at(today - timedelta(days=3)):
        place = Department.objects.get(code="credit-office")
        letters.print_letter(id_number=identity("linxiuyun2").id_number, actor=window, department=place)
    for title, code, scopes, ago, standing in KEYS:
        made = today - timedelta(days=ago)
        with clock.at(made):
            department = Department.objects.get(code=code)
            one = service_keys.ask(
                actor=asks, title=title, department=department, scopes=scopes, expires_on=made + timedelta(days=180)
            )
        if standing != "asked":
            with clock.at(made + timedelta(days=1)):
                service_keys.approve(key_id=one.key.pk, actor=approves)
        if standing == "revoked":
            with clock.at(made + timedelta(days=30)):
                service_keys.revoke(key_id=one.key.pk, actor=approves, opinion="系统下线，不再使用")
    return len(KEYS)
