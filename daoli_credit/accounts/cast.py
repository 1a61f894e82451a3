"""演示人物: invented people with random passwords per data directory. Standard library only; `run` calls it first."""

import json
import os
import secrets
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Person:
    """人物: staff by department and roles, citizens by a synthetic ID number (region 999999)."""

    username: str
    display_name: str
    about: str
    face: str
    department: str = ""
    roles: tuple[str, ...] = ()
    id_number: str = ""
    officer: str = ""


CAST: tuple[Person, ...] = (
    Person("zhaomin", "赵敏", "区市场监管局经办", "staff", "market-regulation", ("clerk",)),
    Person("sunjianguo", "孙建国", "区市场监管局复核组长", "staff", "market-regulation", ("reviewer", "lead")),
    Person("liujie", "刘洁", "区市场监管局经办兼复核", "staff", "market-regulation", ("clerk", "reviewer")),
    Person("tongyan", "佟岩", "区市场监管局审批（负责人）", "staff", "market-regulation", ("decider",)),
    Person("lijing", "李静", "区卫计局经办", "staff", "health", ("clerk",)),
    Person("wangtao", "王涛", "区卫计局复核", "staff", "health", ("reviewer",)),
    Person("xuwenjing", "许文静", "区人社局经办", "staff", "human-resources", ("clerk",)),
    Person("gaoyuan", "高远", "区人社局法制审核", "staff", "human-resources", ("legal",)),
    Person("dengguodong", "邓国栋", "区人社局审批（负责人）", "staff", "human-resources", ("decider",)),
    Person("yuanzheng", "袁征", "区司法局法制审核，兼区旅游局和区市场监管局", "staff", "justice", ("legal",)),
    Person("hemei", "贺梅", "区旅游局经办", "staff", "tourism", ("clerk",)),
    Person("luojian", "罗建", "区旅游局复核", "staff", "tourism", ("reviewer",)),
    Person("maxiaoyu", "马晓雨", "区教育局宣传组织", "staff", "education", ("organiser",)),
    Person("zhouhang", "周航", "区信用办推送值守", "staff", "credit-office", ("feed-operator",)),
    Person("hezhiyuan", "何志远", "区信用办主任", "staff", "credit-office", ("supervisor",)),
    Person("chenli", "陈立", "区信用办经办", "staff", "credit-office", ("operator",)),
    Person("tianli", "田丽", "区信用办窗口", "staff", "credit-office", ("counter",)),
    Person("mengfan", "孟凡", "系统管理员", "staff", "credit-office", officer="system"),
    Person("jianglan", "江澜", "安全管理员", "staff", "credit-office", officer="security"),
    Person("qinfeng", "秦峰", "审计管理员", "staff", "credit-office", officer="audit"),
    Person("tangyue", "唐悦", "团区委经办", "staff", "youth-league", ("clerk",)),
    Person("jiangbo", "姜波", "团区委复核", "staff", "youth-league", ("reviewer",)),
    Person("shenjun", "沈军", "团区委审批（负责人）", "staff", "youth-league", ("decider",)),
    Person("qianwei", "钱薇", "区人社局复核", "staff", "human-resources", ("reviewer",)),
    Person("baifan", "白帆", "区法院联络员（登记名单）", "staff", "court", ("clerk",)),
    Person("yanzheng", "颜征", "区法院审批（确认登记）", "staff", "court", ("decider",)),
    Person("linxiuyun", "林秀云", "市民，面包店店员", "citizen", id_number="999999198803120028"),
    Person("linxiuyun2", "林秀云", "市民，与上一位同名", "citizen", id_number="999999197511050043"),
    Person("guchanglin", "顾长林", "市民，个体经营", "citizen", id_number="999999197002280019"),
    Person("fangxiaoyan", "方晓燕", "市民，导游", "citizen", id_number="999999199206150020"),
)


class Unreadable(Exception):
    """人物文件读不进来: what stands there is no list of people; the message says what to do."""


def with_passwords(path: Path) -> list[dict[str, object]]:
    """人物和口令: read from the file, or made and written once (mode 0600). Newcomers to the cast get theirs added.

    Whole or not at all, also when the start is killed while it writes. Raises Unreadable for what is no such file.
    """
    known = {}
    if path.exists():
        try:
            known = {row["username"]: row["password"] for row in json.loads(path.read_text(encoding="utf-8"))}
        except (ValueError, TypeError, KeyError) as why:
            raise Unreadable(f"人物文件 {path} 读不进来：请删除它，下一次启动会给每个人物生成新的口令") from why
    people = [asdict(one) | {"password": known.get(one.username) or secrets.token_urlsafe(12)} for one in CAST]
    half = path.with_suffix(".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(people, ensure_ascii=False, indent=1))
    half.replace(path)
    return people


def table(people: list[dict[str, object]]) -> str:
    """For the terminal: one line a person."""
    return "\n".join(
        f"  {row['username']:<12}{row['password']}  {row['display_name']}（{row['about']}）" for row in people
    )


if __name__ == "__main__":
    try:
        sys.stdout.write(table(with_passwords(Path(sys.argv[1]))) + "\n")
    except Unreadable as unreadable:
        sys.exit(str(unreadable))
