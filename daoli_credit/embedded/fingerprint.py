"""指纹: one hash over the files that a prepared database was made from."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from daoli_credit.embedded.places import CLONE

PACKAGES = ("daoli_credit", "records", "incentives", "education")
# What a database without people depends on: tables, commands, rule packs and the plan.
# What a test database holds before a test begins: tables, grants, rules, departments and roles, the plan.
LOADING = ("catalogue.py", "collectable.py", "departments.py", "roles.py", "plan_*.py")
TEMPLATE = ("migrations/*.py", "management/commands/*.py", "law/**/*.py", "*.yaml", "*.csv", "*.sql", *LOADING)
EVERYTHING = ("*.py", "*.yaml", "*.csv", "*.sql")


def product_files(patterns: Sequence[str]) -> Iterable[Path]:
    """The product's files that match, each once, in a fixed order; the embedded servers are not the product."""
    found = {path for name in PACKAGES for pattern in patterns for path in (CLONE / name).rglob(pattern)}
    return sorted(path for path in found if path.is_file() and "embedded" not in path.relative_to(CLONE).parts)


def fingerprint(patterns: Sequence[str], *also: str) -> str:
    """Twenty hex digits over names and contents, and over any other facts that matter."""
    seen = hashlib.sha256("\0".join(also).encode())
    for path in product_files(patterns):
        seen.update(f"{path.relative_to(CLONE)}\0".encode())
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()[:20]
