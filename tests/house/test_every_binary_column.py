"""Every binary column says whether it is an envelope, a person key or neither: none is forgotten when keys change."""

import subprocess
import sys

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from daoli_credit import sealed
from tests.house.sources import PACKAGES, ROOT


def _binary() -> set[tuple[str, str]]:
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            kept = field.base_field if isinstance(field, ArrayField) else field
            if isinstance(kept, models.BinaryField) and model.__module__.partition(".")[0] in PACKAGES:
                found.add((model._meta.label, field.name))
    return found


def test_every_binary_column_is_registered_and_nothing_else_is() -> None:
    known = set(sealed.known())
    assert _binary() - known == set(), "请在 daoli_credit.sealed 登记：密文、个人标识，还是别的"
    assert known - _binary() == set(), "登记了不存在的栏目"


def test_the_envelopes_are_these() -> None:
    named = {f"{one.model}.{one.name}" for one in sealed.envelopes()}
    assert {"records.Subject.envelope", "records.SealedSheet.envelope", "accounts.Message.body"} <= named
    assert all(one.why for one in sealed.known().values() if isinstance(one, sealed.Other))


def test_a_bare_process_knows_them_all() -> None:
    """`manage.py rotate_keys` reads no page: what it does not know it would leave under the old key."""
    asked = (
        "import django; django.setup(); from daoli_credit import sealed; print(*sorted(map('.'.join, sealed.known())))"
    )
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(told.split()) == {".".join(place) for place in sealed.known()}
