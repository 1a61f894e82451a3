"""The second peer of `import`: django-import-export made to do the same job as ours, at its best.

Every row is held to the one-row validator of the form (`intake.check`), which is what a Resource would call in its
`clean`; its person is looked up by key in a dict, sealed once and stored with its key; the preview row and the record
are built and saved in bulk, a thousand at a time, through all five tables. Django's own `full_clean` is off: it asks
the database for every row, and would only make the peer slower. No comparison with the register, no event.
"""

from itertools import count
from typing import Any

from bench.spans import Watch
from bench.the_sheet import ITEM, STATED, Sheet, Spent, bureau
from daoli_credit import cipher
from daoli_credit.law import clock, pack
from records import identity, identity_sets
from records.models import BatchRow, CreditRecord, Subject, SubjectKey
from records.models.batch import Verdict
from records.rules import intake
from records.workflows import content, uploading

ROWS = 5_000


def same_job(lines: Sheet) -> tuple[Spent, int]:
    """What it took, and how many rows; raises ImportError when it is not installed (requirements-bench.txt)."""
    from import_export import resources  # noqa: PLC0415
    from tablib import Dataset  # noqa: PLC0415

    clerk, body = bureau()
    batch = uploading.upload(department=body, item=ITEM, name="x.csv", data=b"-", stated=STATED, actor=clerk)
    edition, today, numbers = pack.current(), clock.today(), count(1)
    item = edition.item(ITEM)
    names = [field.name for field in (*edition.identity, *item.fields) if not field.ignored]

    class Records(resources.ModelResource):  # type: ignore[misc]
        """Bulk, no diffs, people from a dict, no look-ups per row."""

        class Meta:
            model = CreditRecord
            fields = ("document_number",)
            import_id_fields = ()
            use_bulk, batch_size, force_init_instance = True, 1000, True
            skip_diff = skip_html_diff = True
            use_transactions = True

        def before_import(self, dataset: Any, **kwargs: Any) -> None:
            """Nobody is known yet."""
            self.people: dict[str, Subject] = {}
            self.new: list[tuple[Subject, bytes]] = []

        def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            """One row, whole."""
            verdict = intake.check(ITEM, {**row, **STATED}, today=today, edition=edition)
            if verdict.checked is None:
                raise ValueError(verdict.problems)
            who = verdict.checked.identity
            if who.id_number not in self.people:
                self.people[who.id_number] = self.sealed(who)
            content.fill(instance, verdict.checked)
            instance.subject = self.people[who.id_number]
            at = next(numbers)
            instance.number, instance.item_id, instance.department_id = f"PEER-{at}", ITEM, body.pk
            instance.entered_by_id = instance.submitted_by_id = clerk.pk
            instance.status, instance.submitted_on, instance.first_submitted_on = "submitted", today, today
            instance.row = BatchRow(
                batch=batch,
                line=at,
                verdict=Verdict.NEW,
                who=identity.mask_name(who.name),
                number_tail=identity.mask_number(who.id_number)[-18:],
                document_number=instance.document_number,
                determined_on=instance.determined_on,
            )

        def sealed(self, who: identity.Identity) -> Subject:
            """A new person, sealed, with the key that finds them."""
            subject, key = Subject(), cipher.person_keys(who.id_number)[0]
            _seal(subject, who)
            self.new.append((subject, key))
            return subject

        def bulk_create(self, *args: Any, **kwargs: Any) -> None:
            """The five tables, each in bulk."""
            Subject.objects.bulk_create([subject for subject, _ in self.new])
            SubjectKey.objects.bulk_create(
                SubjectKey(subject=subject, key_id=int.from_bytes(key[:2], "big"), digest=key)
                for subject, key in self.new
            )
            self.new.clear()
            BatchRow.objects.bulk_create([one.row for one in self.create_instances])
            super().bulk_create(*args, **kwargs)

        def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
            """Not the reset of the sequence: the application's role may not, and it would only cost time."""

    data = Dataset(*(cells for _, cells in lines[1 : ROWS + 1]), headers=names)
    watch = Watch()
    Records().import_data(data, dry_run=False, raise_errors=True)
    spent = watch.read()
    assert CreditRecord.objects.count() == BatchRow.objects.count() == len(data)
    return spent, len(data)


def _seal(subject: Subject, who: identity.Identity) -> None:
    made = identity_sets.sealed([who])[who.id_number]
    subject.token, subject.envelope, subject.name_tail_key = made.token, made.envelope, made.tail
