"""开启的告知: whoever's sealed copy was opened gets a letter, from the next day on, unless a law delays the telling.

The look itself stands in 谁看过 from the moment of the opening. The letter waits a day, because a delay can only be
signed for a look that has happened; as long as a signed delay hides the look, the letter waits as well.
"""

from django.db import transaction

from daoli_credit.accounts import messages
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Timetable, record
from daoli_credit.law import clock
from daoli_credit.looks.models import LookDelay
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import noun
from records.models import ArchiveOpening
from records.models.archive import O

TOLD = register("opening.told", "告知本人封存件开启过")
TEXT = """封存件开启告知

您有一条信用信息已经终止，它的内容封存着，平时谁也看不到。
{day:%Y年%m月%d日}，为下面这一件案件开启过一次（开启编号 {number}）。

为了哪一件：{purpose}，{authority}，案号{case_number}。
依据：{article}；调取文书：{document_number}。
由谁：{asked}提出并开启，{agreed}同意，两人不是同一人。

开启不改变您的任何信息：它仍然不公示、不共享，保存到 {kept:%Y年%m月%d日}，期满销毁。
这一次查看在“谁看过”里。您认为不应当开启的，可以在那里点“请说明这次查询”，由{body}书面说明；也可以打电话或者到窗口向区信用办投诉，依法申请行政复议、提起行政诉讼。
"""


def tell_of_openings() -> int:
    """告知. Returns how many; harmless twice and side by side."""
    today = clock.today()
    waiting = ArchiveOpening.objects.filter(status=O.OPENED, told_on__isnull=True, opened_on__lt=today)
    hidden = LookDelay.objects.hiding(on=today).values("look_id")
    return one_by_one(waiting.exclude(look_id__in=hidden).values_list("pk", flat=True), _tell)


@transaction.atomic
def _tell(pk: int) -> int:
    locked = ArchiveOpening.objects.select_for_update(of=("self",), skip_locked=True)
    opening = locked.filter(pk=pk, told_on__isnull=True).select_related("archive__record", "department").first()
    if opening is None or opening.opened_on is None or opening.decided_by is None:
        return 0
    facts = {
        "day": opening.opened_on,
        "number": opening.number,
        "purpose": opening.get_purpose_display(),
        "authority": opening.authority,
        "case_number": opening.case_number,
        "article": opening.article,
        "document_number": opening.document_number,
        "asked": f"{opening.department.name} {opening.requested_by.display_name}",
        "body": opening.department.name,
        "agreed": opening.decided_by.display_name,
        "kept": opening.archive.keep_until,
    }
    messages.tell(
        person_key=opening.person_keys()[0],
        title="您的一件封存件开启过",
        text=TEXT.format(**facts),
        noun=noun(ArchiveOpening),
        object_id=str(opening.pk),
    )
    ArchiveOpening.objects.filter(pk=pk).update(told_on=clock.today())
    record(
        act=TOLD,
        noun=noun(ArchiveOpening),
        object_id=opening.pk,
        actor=Timetable(),
        department=opening.department.code,
    )
    return 1
