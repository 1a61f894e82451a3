"""更正和撤回: what an upheld objection does to its record. The database asks for the answered objection."""

from collections.abc import Mapping

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, Step, department, taking
from records import identity
from records.models import CreditRecord
from records.models.record import S, SeverityClass
from records.models.revision import Kind
from records.rules import differences, ending, intake
from records.rules.objectable import text
from records.workflows.content import fill
from records.workflows.revisions import append_revision, end_today

STEPS = {
    "correct": Step("record.corrected", "更正", frozenset({S.EFFECTIVE}), S.EFFECTIVE, department("answer_objection")),
    "withdraw": Step(
        "record.found-wrong", "认定有误，撤回", frozenset({S.EFFECTIVE}), S.ENDED, department("answer_objection")
    ),
}
# The class is objected to, and answered, by its word.
CLASSES = {label: code for code, label in SeverityClass.choices if code}
ENDS = ("public_until", "use_until", "keep_until")


def correct(*, record_id: int, changes: Mapping[str, str], actor: User, because: LookUp) -> CreditRecord:
    """更正: the changed fields, held to every rule of the item; a new content version and a revision for the holders.

    Raises RuleBroken with every problem of the new values, and when nothing would change.
    """
    with taking(STEPS["correct"], CreditRecord, record_id, actor=actor) as record:
        change(record, changes, because)
    return record


def would_be(record: CreditRecord, changes: Mapping[str, str], because: LookUp) -> intake.Checked:
    """更正后的整条, held to every rule of the item. Raises RuleBroken with every problem of the new values."""
    who = identity.reveal(record.subject, because=because)
    typed = {**_raw(record), **_identity(who), **changes}
    typed["severity"] = CLASSES.get(typed["severity"], typed["severity"])
    held = {**record.content, "document_number": record.document_number}
    standing = {name: value for name, value in held.items() if name not in changes and value}
    verdict = intake.check(record.item_id, typed, today=clock.today(), held=standing, of=who)
    if verdict.checked is None:
        raise RuleBroken("更正后的内容不合规则：" + " ".join(str(problem) for problem in verdict.problems))
    return verdict.checked


def change(record: CreditRecord, changes: Mapping[str, str], because: LookUp) -> None:
    """写入更正: the corrected whole into a locked record, its ends never longer, and the revision for the holders.

    What stood there is kept in the revision. Raises RuleBroken when nothing would change.
    """
    checked = would_be(record, changes, because)
    before = {name: getattr(record, name) for name in ENDS}
    was = (record.document_number, record.determined_on, bytes(record.content_digest))
    stood = differences.content_of(record)
    fill(record, checked)
    if (record.document_number, record.determined_on, record.content_digest) == was:
        raise RuleBroken("更正后的内容与原来相同；异议成立的，请写出应当是什么")
    ending.never_longer(record, before)
    record.revision += 1
    record.save()
    append_revision(record, Kind.CORRECTED, stood)


def withdraw(*, record_id: int, actor: User) -> CreditRecord:
    """认定有误，撤回: the record should never have stood there; it ends today, for every holder."""
    with taking(STEPS["withdraw"], CreditRecord, record_id, actor=actor) as record:
        end_today(record, "wrong")
    return record


def _raw(record: CreditRecord) -> dict[str, str]:
    """The record as a clerk would type it."""
    item = pack.current().item(record.item_id)
    held = {field.name: text(record.content.get(field.name)) for field in item.fields}
    return {
        **held,
        "document_number": record.document_number,
        "severity": record.severity,
        "severity_basis": record.severity_basis,
        "service": record.service,
        "served_on": record.served_on.isoformat() if record.served_on else "",
    }


def _identity(who: identity.Identity) -> dict[str, str]:
    return {"party_name": who.name, "id_type": who.id_type, "id_number": who.id_number}
