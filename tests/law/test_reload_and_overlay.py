"""载入与叠加: before a load the office reads which of its words the new edition would unsay."""

import shutil
from pathlib import Path

import pytest

from daoli_credit.law import loader, overlay, pack
from daoli_credit.law.editions import PACKS
from daoli_credit.law.entries import entry
from daoli_credit.law.pack import Status

pytestmark = pytest.mark.django_db
TEXT = ("条文.pdf", "0" * 64)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The real edition, written anew by the test."""
    shutil.copytree(PACKS / "2026-11", tmp_path / "2026-11")
    return tmp_path


def rewrite(later: Path, file: str, old: str, new: str) -> None:
    path = later / "2026-11" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def say(action: str, kind: str, code: str) -> None:
    overlay.say(
        action, entry(pack.current(), kind, code), by="legal", second_by="head", reason="已核对",
        document=TEXT if action == "confirm" else ("", ""),
    )  # fmt: skip


def test_a_rewritten_row_is_named_before_its_confirmation_is_lost(later: Path) -> None:
    loader.load("2026-11")
    say("confirm", "limits", "lapse-pause")
    say("suspend", "limits", "hearing-request")
    rewrite(
        later, "limits.yaml", "title: 依据失效而无继任依据时暂停展示和推送, value: 5", "title: 依据失效时暂停, value: 3"
    )
    report = loader.load("2026-11", dry_run=True, packs=later)
    (row,) = report.overlaid
    assert (row.kind, row.code, row.before, row.after) == ("limits", "lapse-pause", "已确认", "待确认")
    assert entry(pack.current(), "limits", "lapse-pause").own is Status.CONFIRMED  # nothing was loaded
    loader.load("2026-11", packs=later)
    assert entry(pack.current(), "limits", "lapse-pause").own is Status.TO_CONFIRM
    assert entry(pack.current(), "limits", "hearing-request").own is Status.SUSPENDED


def test_a_load_that_changes_nothing_names_nothing(later: Path) -> None:
    loader.load("2026-11")
    say("confirm", "limits", "lapse-pause")
    assert loader.load("2026-11", dry_run=True).overlaid == ()


def test_resuming_brings_back_what_was_confirmed_before() -> None:
    loader.load("2026-11")
    say("confirm", "limits", "lapse-pause")
    say("suspend", "limits", "lapse-pause")
    say("resume", "limits", "lapse-pause")
    assert entry(pack.current(), "limits", "lapse-pause").own is Status.CONFIRMED


def test_a_matter_is_no_stronger_than_its_duty() -> None:
    loader.load("demo-2026")
    matter = pack.current().matters["food-permit"]
    assert pack.may(matter, "adverse")
    say("suspend", "bases", matter.duty[0].basis.code)
    assert pack.current().matters["food-permit"].status is Status.SUSPENDED


def test_a_ban_is_no_stronger_than_the_article_by_which_it_outlives_publicity() -> None:
    loader.load("demo-2026")
    ban = next(one for one in pack.current().measures.values() if one.outlives_citation)
    assert ban.outlives_citation is not None
    say("suspend", "bases", ban.outlives_citation.basis.code)
    assert pack.current().measures[ban.code].status is Status.SUSPENDED
