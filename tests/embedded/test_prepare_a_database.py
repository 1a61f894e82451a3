"""建库命令: in order, those with the same right in one process, and the first that fails is named in words."""

import json
import os

import pytest

from daoli_credit.embedded import clones, commands, several, testbed
from daoli_credit.embedded.servers import Addresses


@pytest.fixture
def here(committing_db: str) -> Addresses:
    app = clones.at_database(os.environ["DATABASE_URL"], committing_db)
    return Addresses(app, testbed.owner_url(), os.environ["REDIS_URL"])


def test_commands_of_one_right_share_a_process_and_are_told_together(here: Addresses) -> None:
    told: list[str] = []
    steps = (commands.GRANT, (("check",), False), (("audit", "verify"), False))
    commands.prepare(steps, here, {}, told.append)
    assert told == ["manage.py grant_app_role", "manage.py check、audit"]


def test_the_first_that_fails_ends_it_and_says_which_and_why(here: Addresses) -> None:
    steps = ((("load_rulepack", "no-such-edition"), False), (("no_such_command",), False))
    with pytest.raises(RuntimeError, match=r"manage.py load_rulepack no-such-edition 失败：") as why:
        commands.prepare(steps, here, {}, print)
    assert "no_such_command" not in str(why.value)


def test_a_command_that_nobody_has_is_red(capsys: pytest.CaptureFixture[str]) -> None:
    assert several.main(json.dumps([["no_such_command"]])) == 1
    assert "no_such_command" in capsys.readouterr().err
