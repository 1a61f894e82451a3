"""日历文件 (RFC 5545): whole days with numbers, so that an officer's own calendar reminds them; nobody is named."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from daoli_credit.accounts.due import Due
from daoli_credit.law import clock


def written(rows: Iterable[Due], host: str) -> bytes:
    """日历文件. The same row keeps its identifier, so that a later import moves it instead of doubling it."""
    calendar = Calendar()
    calendar.add("prodid", "-//道里诚信//日程//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "道里诚信日程")
    for row in rows:
        event = Event()
        event.add("uid", f"{row.kind}-{row.number}@{host}")
        event.add("dtstamp", clock.now())
        event.add("dtstart", row.on)
        event.add("dtend", row.on + timedelta(days=1))
        event.add("summary", f"{row.says}（{row.number}）{'【暂定】' if row.is_provisional else ''}")
        event.add("class", "CONFIDENTIAL")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
