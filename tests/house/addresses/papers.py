"""Objects of the papers and of what stands beside a record: market regulation's letters about 林秀云."""

from django.urls import reverse

from daoli_credit.accounts.models import Message
from daoli_credit.law import clock
from records import papers, sealed_papers
from records.models import Paper
from records.workflows import false_promise, repair_asking
from records.workflows import paper as paper_acts
from records.workflows import repair as repair_acts
from records.workflows import undoing as undoing_acts
from tests import make, make_contests, make_repairs
from tests.cast import Cast, browser


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    record = make.effective(cast, serial=71)
    letter = Message.objects.get(noun="creditrecord", object_id=str(record.pk), title="信用信息记入告知书")
    browser(cast.citizen).get(reverse("me-paper", args=[letter.token]))
    other = Message.objects.get(noun="creditrecord", object_id=str(record.pk), title="信用修复告知书")
    _electronically(cast, other)
    contest = make_contests.marked(cast, make.effective(cast, serial=72))
    undoing = make_contests.undone(cast, make.effective(cast, serial=73))
    over = make_contests.undone(cast, make.effective(cast, serial=78))
    undoing_acts.end(undoing_id=over.pk, actor=cast.reviewer, seen=over.revision)
    accepted = make_repairs.accepted(cast, make_repairs.old(cast, serial=74))
    waiting = make_repairs.accepted(cast, make_repairs.old(cast, serial=75))
    repair_asking.ask(repair_id=waiting.pk, actor=cast.reviewer, opinion="请写明缴款日期", seen=waiting.revision)
    decided = make_repairs.accepted(cast, make_repairs.old(cast, serial=76))
    repair_acts.decide(repair_id=decided.pk, actor=cast.reviewer, seen=decided.revision)
    false_promise.find(
        repair_id=decided.pk, actor=cast.clerk, facts="没有缴清", document="哈里市监认〔2026〕1号", on=clock.today()
    )
    public = make_repairs.old(cast, serial=77)
    return {
        **{name: reverse(name, args=[letter.token]) for name in ("paper", "paper-open", "paper-serve", "me-paper")},
        "paper-confirmation": reverse("paper-confirmation", args=[other.token]),
        **{name: reverse(name, args=[record.number]) for name in ("record-contest", "record-undo", "me-contest")},
        "contest": reverse("contest", args=[contest.number]),
        **{name: reverse(name, args=[undoing.number]) for name in ("undoing", "undoing-end", "undoing-correct")},
        "undoing-over": reverse("undoing-over", args=[over.number]),
        "undoing-file": reverse("undoing-file", args=[undoing.number]),
        "repair-ask": reverse("repair-ask", args=[accepted.number]),
        **{name: reverse(name, args=[decided.number]) for name in ("repair-promise", "repair-promise-judge")},
        "me-repair-answer": reverse("me-repair-answer", args=[waiting.number]),
        "me-repair-number": reverse("me-repair-number", args=[accepted.number]),
        "me-credit-china": reverse("me-credit-china", args=[public.number]),
    }


def _electronically(cast: Cast, letter: Message) -> None:
    """Served electronically, with what the person has signed."""
    browser(cast.citizen).get(reverse("me-paper", args=[letter.token]))
    paper, matter = Paper.objects.select_related("message").get(message=letter), papers.of_staff(letter, cast.clerk)
    assert matter is not None
    paper_acts.serve(
        paper_id=paper.pk,
        matter=matter,
        actor=cast.clerk,
        how="electronic",
        when=clock.today(),
        proof="邮件回执 18",
        confirmation=sealed_papers.confirmation(paper, b"%PDF-1.4\n%%EOF\n", cast.clerk),
    )
