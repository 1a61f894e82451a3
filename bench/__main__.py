"""`python -m bench NAME [--rows N] [--rounds N]`: a table, JSON beside it, and one last line to quote."""

import argparse
import os
import sys
from importlib import import_module

from daoli_credit.embedded import testbed

# name: module, rows, rounds, servers that commit as in production
JOBS = {
    "import": ("importing", 20_000, 3, False),
    "hold": ("holding", 1_000_000, 1, False),
    "approve": ("approving", 100_000, 3, False),
    "read": ("reading", 50_000, 5, False),
    "check": ("checking", 100_000, 3, False),
    "check-one": ("checking_one", 100_000, 3, True),
    "record": ("pages", 100_000, 40, True),
    "audit": ("audit", 1_000_000, 5, True),
    "push": ("push", 1_000, 3, True),
    "push-parts": ("push_parts", 4_000, 3, True),
    "storm": ("storm", 60, 20, True),
}


def main() -> int:
    """Runs one job. Every job makes its own data in a database that is thrown away."""
    words = argparse.ArgumentParser(prog="bench", description="测速")
    words.add_argument("name", choices=list(JOBS))
    words.add_argument("--rows", type=int)
    words.add_argument("--rounds", type=int)
    words.add_argument("--seed", type=int, help="storm：重放这一颗种子")
    given = words.parse_args()
    module, rows, rounds, careful = JOBS[given.name]
    if given.seed:
        os.environ["DAOLI_STORM_SEED"] = str(given.seed)
    testbed.begin(careful=careful)
    from daoli_credit import celery  # noqa: F401, PLC0415  the uploads of the bench go to the testbed's own broker

    # Django is ready only now
    import_module(f"bench.{module}").run(rows if given.rows is None else given.rows, given.rounds or rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
