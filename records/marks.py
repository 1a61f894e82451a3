"""标注: what has to travel with a record wherever a copy of it goes — on paper, in a file, to whoever asks lawfully."""

from records.models import CreditRecord


def of(record: CreditRecord) -> list[str]:
    """这一条现在带着的标注, in the order in which they weigh."""
    standing = (
        ("有异议正在办理", record.disputed_on),
        ("复议、诉讼中", record.contested_on),
        ("已暂停对外提供", record.suspended_on),
    )
    return [word for word, since in standing if since]
