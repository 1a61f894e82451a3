"""manage.py seed_demo: the cast, the lived-in data and the story. Harmless twice: what is there is left alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Model

from daoli_credit.accounts.models import ImpactAssessment, Liaison, ServiceKey
from daoli_credit.audit import verification
from daoli_credit.audit.events import Timetable
from daoli_credit.audit.models import Verification
from daoli_credit.demo import (
    asked_above,
    assessed,
    campaigns,
    checks,
    ends,
    entrances,
    fresh_sheet,
    hearings,
    identities,
    imported,
    lapses,
    listings,
    lived_in,
    looks,
    matters,
    measures,
    objections,
    old_checks,
    old_requests,
    papers,
    prior_notices,
    redlist,
    registrations,
    repairs,
    requests,
    reviewed,
    rules,
    staff,
    staffing,
    story,
)
from daoli_credit.law import clock
from daoli_credit.looks.models import Explanation
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.supervision.models import Incident
from education.models import Campaign
from incentives import sources
from incentives.models import Check, CheckDeletion, Listing, Nomination, PreAdverseNotice, Registration, Sharing
from records.models import (
    Amendment,
    ArchiveCopy,
    CreditRecord,
    IdentityCase,
    ImportBatch,
    Lapse,
    LawfulRequest,
    Objection,
    Repair,
    RequestDeletion,
    Undoing,
)


class Command(BaseCommand):
    help = "装入演示人物和故事（只能在演示模式下使用）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--people", type=int, default=240, help="日常数据的人数")

    def handle(self, *args: Any, people: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("seed_demo 只能在演示模式（DAOLI_DEMO=1）下使用")
        count = staff.the_cast(settings.CAST_FILE)
        if settings.CAST_FILE:
            fresh_sheet.lay_down(Path(settings.CAST_FILE).parent, clock.today())
        self.stdout.write(f"演示人物 {count} 人")
        parts: tuple[tuple[str, type[Model], Callable[[], object]], ...] = (
            ("影响评估和受托人", ImpactAssessment, assessed.tell),
            ("安全事件", Incident, assessed.incidents),
            ("日常和故事的记录", CreditRecord, lambda: (lived_in.fill(people), story.tell())),
            ("导入批次", ImportBatch, imported.tell),
            ("列入案件", Listing, lambda: (listings.tell(), hearings.tell())),
            ("应用事项、共享授权和办件", Sharing, matters.tell),
            ("信用核查", Check, checks.tell),
            ("名单登记和提前移出", Registration, registrations.tell),
            ("信用修复", Repair, repairs.tell),
            ("异议申诉", Objection, objections.tell),
            ("复核和自查更正", Amendment, reviewed.tell),
            ("终止、封存和销毁", ArchiveCopy, ends.tell),
            ("依法调取", LawfulRequest, requests.tell),
            ("身份核定", IdentityCase, identities.tell),
            ("文书、复议诉讼标注和原决定变更撤销", Undoing, papers.tell),
            ("依据失效", Lapse, lapses.tell),
            # a benefit brings its task with it: told together, or the second would be taken for told
            ("荣誉推荐、激励兑现和措施任务", Nomination, lambda: (redlist.tell(), measures.tell())),
            ("宣传活动", Campaign, campaigns.tell),
            ("查询说明", Explanation, looks.tell),
            ("人员、委托和联络员", Liaison, staffing.tell),
            ("规则确认", RuleChange, rules.tell),
            ("激活信和接口密钥", ServiceKey, entrances.tell),
            ("事先告知", PreAdverseNotice, prior_notices.tell),
            ("保存期满的核查", CheckDeletion, old_checks.tell),
            ("保存期满的依法调取", RequestDeletion, old_requests.tell),
            ("存证核验", Verification, lambda: verification.ask(Timetable(), "")),
        )
        for title, noun, tell in parts:
            if noun._default_manager.exists():
                self.stdout.write(f"{title}已在，不再重复")
                continue
            # whole or not at all, also when the start is killed half-way; and nobody outside is asked meanwhile
            with transaction.atomic(), sources.nobody_asked():
                tell()
            self.stdout.write(f"{title}装好了，{noun._default_manager.count()} 件")
        # this part commits by itself: asking goes outside, where nobody listens yet, and that is what it shows
        self.stdout.write(f"上级平台查询 {asked_above.tell()} 次")
