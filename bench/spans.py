"""Rates by `span/who`: what a round said, the table, and the ratio of ours to the limit of the same round."""

import time
from pathlib import Path
from statistics import median

from django.db import connection

Rates = dict[str, list[float]]


class Watch:
    """秒表: by the clock, and of the processor that this process and its server process have had since it was made."""

    def __init__(self) -> None:
        self._begun, self._worked = time.perf_counter(), _processor()

    def read(self) -> tuple[float, float]:
        """Seconds by the clock, and of the processor."""
        return time.perf_counter() - self._begun, sum(self.parts())

    def parts(self) -> tuple[float, float]:
        """Seconds of the processor: this process's, and its server process's."""
        own, server = _processor()
        return own - self._worked[0], server - self._worked[1]


def _processor() -> tuple[float, float]:
    connection.ensure_connection()
    server = connection.connection.get_backend_pid()
    return time.process_time(), int(Path(f"/proc/{server}/schedstat").read_text().split()[0]) / 1e9


def told(number: int, rates: Rates) -> None:
    """One line a round."""
    print(f"第 {number} 轮 " + " ".join(f"{name} {found[-1]:,.0f}" for name, found in rates.items()), flush=True)


def table(rates: Rates) -> None:
    """Median, least and most a second; the share of the limit where there is one."""
    print(f"\n{'':14}{'每秒（中位）':>12}{'最低':>10}{'最高':>10}{'比极限':>8}")
    for name, found in rates.items():
        limit = rates.get(f"{name.partition('/')[0]}/limit")
        share = f"{median(found) / median(limit):.2f}" if limit else ""
        print(f"{name:14}{median(found):>16,.0f}{min(found):>12,.0f}{max(found):>12,.0f}{share:>10}")


def ratio(rates: Rates, span: str) -> float:
    """Median over the rounds of ours to the limit that ran beside it."""
    pairs = zip(rates[f"{span}/ours"], rates[f"{span}/limit"], strict=True)
    return median(ours / limit for ours, limit in pairs)
