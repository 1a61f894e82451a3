"""核查的期限: until when what was decided is to be told, and when a kept sheet of applicants goes."""

from datetime import date, timedelta

from daoli_credit.law import deadlines, workdays

LIMIT = "check-feedback"
UNKNOWN = 10  # 工作日, where the office has suspended the limit
SHEET_KEPT = timedelta(days=30)


def feedback(checked_on: date) -> date:
    """反馈期限."""
    due = deadlines.deadline(LIMIT, checked_on) or workdays.due(checked_on, UNKNOWN)
    return due.on
