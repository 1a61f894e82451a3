"""建库命令: the manage.py commands that make a database ready, each with the right to do just that."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping

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
    """Run the commands in order; raises RuntimeError with the output of the first that fails."""
    for words, as_owner in steps:
        told(f"manage.py {words[0]}")
        env = {**os.environ, **environment, **addresses.environment()}
        env.pop("DATABASE_OWNER_URL", None)
        if as_owner:
            env["DATABASE_OWNER_URL"] = addresses.owner
        command = spawn([sys.executable, str(CLONE / "manage.py"), *words], env=env, output=subprocess.PIPE)
        try:
            output, _ = command.communicate()
        finally:
            stop(command)
        if command.returncode:
            raise RuntimeError(f"manage.py {' '.join(words)} 失败：\n{output.decode(errors='replace')}")
