"""The one clock. 今天 is a question for `today()`; no other module asks the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

CHINA = ZoneInfo("Asia/Shanghai")

_offset: ContextVar[timedelta] = ContextVar("law_clock_offset", default=timedelta())


class ClockLocked(RuntimeError):
    """时钟不可移动: the day may be moved in the demo and in tests only."""


def now() -> datetime:
    """现在: the aware moment in Chinese time; under `at(day)`, that day at the present time of day."""
    return datetime.now(CHINA) + _offset.get()


def today() -> date:
    """今天: the day in Asia/Shanghai, the only day any rule may use."""
    return now().date()


@contextmanager
def at(day: date) -> Iterator[None]:
    """演示日期: let the block believe it is `day`. Nests; undone on leaving.

    Raises ClockLocked unless the process is the demo or a test run.
    """
    if not (settings.DEMO or settings.TESTING):
        raise ClockLocked("系统日期只能在演示或测试中调整")
    token = _offset.set(day - datetime.now(CHINA).date())
    try:
        yield
    finally:
        _offset.reset(token)
