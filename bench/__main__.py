"""`python -m bench NAME [--rows N] [--rounds N]`: a table, JSON beside it, and one last line to quote."""

import argparse
import sys

from daoli_credit.embedded import testbed


def main() -> int:
    """Runs one job. Every job makes its own data in a database that is thrown away."""
    words = argparse.ArgumentParser(prog="bench", description="测速")
    words.add_argument("name", choices=["import"])
    words.add_argument("--rows", type=int, default=20_000)
    words.add_argument("--rounds", type=int, default=3)
    given = words.parse_args()
    testbed.begin()
    from bench import importing  # noqa: PLC0415  Django is ready only now
    from daoli_credit import celery  # noqa: F401, PLC0415  the uploads of the bench go to the testbed's own broker

    importing.run(given.rows, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
