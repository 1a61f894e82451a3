"""存证的说法: codes of evidence in plain Chinese, from the tables that the acts and statuses are defined in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.apps import apps
from django.db.models import Model

from daoli_credit.accounts.models import Department
from daoli_credit.audit import acts
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from daoli_credit.looks import matters
from daoli_credit.looks.selectors import SHOWN


def _ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] not in {"django", "guardian"}]


@lru_cache(maxsize=1)
def nouns() -> dict[str, str]:
    """对象种类: the noun's name in evidence → its Chinese name."""
    return {model._meta.model_name or "": str(model._meta.verbose_name) for model in _ours()}


@lru_cache(maxsize=1)
def _statuses() -> dict[str, dict[str, str]]:
    found = {}
    for model in _ours():
        for field in model._meta.concrete_fields:
            if field.name == "status" and field.choices:
                found[model._meta.model_name or ""] = {str(code): str(label) for code, label in field.flatchoices}
    return found


def departments() -> dict[str, str]:
    """部门代码 → 名称."""
    return dict(Department.objects.order_by("code").values_list("code", "name"))


def moment(at: datetime) -> str:
    """数据库时间 on Harbin's clock."""
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M:%S}"


def _status(noun: str, text: str) -> str:
    known = _statuses().get(noun, {})
    return "、".join(known.get(code, code) for code in text.split("|"))


@dataclass(frozen=True)
class Said:
    """一条事件的说法."""

    event: Event
    at: str
    who: str
    did: str
    what: str
    change: str

    @property
    def sentence(self) -> str:
        """One line: who did what to what, and what became of it."""
        change = f"，{self.change}" if self.change else ""
        return f"{self.who} {self.did}：{self.what}{change}"


def said(events: Iterable[Event], names: dict[str, str] | None = None) -> list[Said]:
    """事件 in plain words."""
    names = departments() if names is None else names
    lines = []
    for event in events:
        noun = nouns().get(event.noun, event.noun)
        number = "" if event.object_id == "*" else f" {event.object_id}"
        many = f"，共 {event.count} 件" if event.count > 1 else ""
        before, after = (_status(event.noun, text) for text in (event.from_status, event.to_status))
        change = f"由“{before}”到“{after}”" if before else f"成为“{after}”" if after else ""
        body = names.get(event.department, event.department)
        who = " ".join(part for part in (body, event.actor_label) if part)
        lines.append(Said(event, moment(event.at), who, acts.sentence(event.act), f"{noun}{number}{many}", change))
    return lines


@dataclass(frozen=True)
class Looked:
    """一次查看的说法, without whom it was about."""

    look: LookUp
    at: str
    who: str
    matter: str
    saw: str


def looked(looks: Iterable[LookUp]) -> list[Looked]:
    """查询记录 in plain words."""
    names = departments()
    lines = []
    for look in looks:
        matter = matters.title(look.matter)
        who = " ".join(part for part in (names.get(look.department, look.department), look.actor_label) if part)
        saw = "、".join(SHOWN.get(code, code) for code in look.shown)
        lines.append(Looked(look, moment(look.at), who, matter, saw))
    return lines
