"""网站的工作进程: loaded before its first visitor, frozen behind it, and standing even where the database is away."""

import os
import subprocess
import sys

import pytest
from django.db import connections

from daoli_credit.embedded import clones

ASKED = """
import gc
import daoli_credit.wsgi
from daoli_credit.law import pack
print(gc.get_freeze_count(), len(pack._held))
"""


@pytest.mark.parametrize(("address", "rules"), [("", "1"), ("postgres://nobody@127.0.0.1:1/nothing", "0")])
def test_a_worker_loads_and_freezes_what_every_page_needs(db: None, address: str, rules: str) -> None:
    ours = clones.at_database(os.environ["DATABASE_URL"], connections.settings["default"]["NAME"])
    given = os.environ | {"DATABASE_URL": address or ours}
    done = subprocess.run([sys.executable, "-c", ASKED], env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    frozen, held = done.stdout.split()
    assert int(frozen) > 100_000
    assert held == rules
