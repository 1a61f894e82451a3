"""建库命令: the manage.py commands that make a database ready, each with the right to do just that."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import groupby

from daoli_credit.embedded.child import spawn, stop
from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.servers import Addresses

# Command, and whether it acts as the owner of the tables.
MIGRATE = (("migrate", "--database", "owner", "--verbosity", "0", "--skip-checks"), True)
GRANT = (("grant_app_role",), True)
RULES = (("load_rulepack",), False)
PLAN = (("load_plan",), False)
PEOPLE = (("seed_demo",), False)
EMPTY_DATABASE = (MIGRATE, GRANT, RULES, PLAN)


def prepare(
    steps: tuple[tuple[tuple[str, ...], bool], ...],
    addresses: Addresses,
    environment: Mapping[str, str],
    told: Callable[[str], None],
) -> None:
    """Run the commands in order, those with the same right in one process. Raises RuntimeError with the output of
    the process that fails."""
    for as_owner, row in groupby(steps, key=lambda step: step[1]):
        several = [words for words, _ in row]
        told("manage.py " + "、".join(words[0] for words in several))
        env = {**os.environ, **environment, **addresses.environment(), "PYTHONPATH": str(CLONE)}
        env.pop("DATABASE_OWNER_URL", None)
        if as_owner:
            env["DATABASE_OWNER_URL"] = addresses.owner
        argv = [sys.executable, "-m", "daoli_credit.embedded.several", json.dumps(several)]
        command = spawn(argv, env=env, output=subprocess.PIPE)
        try:
            output, _ = command.communicate()
        finally:
            stop(command)
        if command.returncode:
            raise RuntimeError(f"建库没有完成：\n{output.decode(errors='replace')}")
