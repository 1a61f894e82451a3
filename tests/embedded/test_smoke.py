"""python3 run --smoke: the whole main job over HTTP; in a file of its own, to walk beside the other whole tests."""

import tempfile
from pathlib import Path

import pytest

from daoli_credit.embedded.places import prepared
from tests.embedded.a_run import belonging_to, started

pytestmark = pytest.mark.whole


def test_the_smoke_walk_passes_and_clears_up() -> None:
    with tempfile.TemporaryDirectory(prefix="daoli-smoke-") as folder:
        data = prepared(Path(folder))  # not below pytest's own: the servers' user could not enter
        with started(data, "--smoke") as run:
            told, _ = run.communicate(timeout=1800)  # the whole main job: two to three minutes on two quiet cores
        assert run.returncode == 0, told
        assert told.rstrip().splitlines()[-1] == "smoke ok"
        assert belonging_to(data) == {}
