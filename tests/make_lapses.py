"""造失效的依据: the edition in use, with one basis ended, and with a successor if the test wants one."""

from copy import deepcopy
from datetime import date
from typing import Any

from daoli_credit.law import pack
from daoli_credit.law.digests import whole
from daoli_credit.law.models import Edition

SUCCESSOR = "catalogue-2027"


def end(basis: str, on: date, *, successor: str = "confirmed") -> None:
    """The basis was in force up to and with `on`; its successor has this status, "" for none."""
    edition = Edition.objects.get(active=True)
    content: dict[str, Any] = deepcopy(edition.content)
    (old,) = [row for row in content["bases"] if row["code"] == basis]
    if successor:
        new = {**old, "code": SUCCESSOR, "title": "新目录（2027年版）", "replaces": basis, "status": successor}
        content["bases"].append({**new, "effective_from": on.isoformat()})
    old["effective_to"] = on.isoformat()
    Edition.objects.filter(pk=edition.pk).update(content=content, digest=whole(content))
    pack.forget()
