"""Celery and its timetable. Schedules stand here, where they are reviewed; every task is harmless when run twice."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daoli_credit.settings")

app = Celery("daoli_credit")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "seal-evidence": {"task": "daoli_credit.audit.tasks.seal", "schedule": 60.0},
    "next-partitions": {"task": "daoli_credit.audit.tasks.prepare_partitions", "schedule": crontab(hour=3, minute=10)},
    "verify-as-asked": {"task": "daoli_credit.audit.tasks.verify", "schedule": 60.0, "options": {"expires": 60}},
    "verify-daily": {"task": "daoli_credit.audit.tasks.verify_daily", "schedule": crontab(hour=4, minute=40)},
    "clear-sessions": {"task": "daoli_credit.accounts.tasks.clear_sessions", "schedule": crontab(hour=3, minute=40)},
    "read-waiting-sheets": {"task": "records.tasks.read_waiting", "schedule": 30.0},
    "enter-confirmed-sheets": {"task": "records.tasks.enter_waiting", "schedule": 30.0, "options": {"expires": 30}},
    "forget-old-sheets": {"task": "records.tasks.forget_old_sheets", "schedule": crontab(hour=3, minute=50)},
    "forget-kept-forms": {"task": "records.tasks.forget_kept_forms", "schedule": crontab(hour=3, minute=55)},
    "end-what-ended": {"task": "records.tasks.end_what_ended", "schedule": 60.0, "options": {"expires": 60}},
    "tend-sharing": {"task": "incentives.tasks.tend_sharing", "schedule": crontab(hour=0, minute=6)},
    "tend-lapses": {"task": "records.tasks.tend_lapses", "schedule": crontab(minute=2)},
    "seal-ended": {"task": "records.tasks.seal_ended", "schedule": 60.0, "options": {"expires": 60}},
    "settle-ends": {"task": "records.tasks.settle_ends", "schedule": 60.0, "options": {"expires": 60}},
    "delete-kept-long-enough": {
        "task": "records.tasks.delete_kept_long_enough",
        "schedule": crontab(hour=2, minute=20),
    },
    "delete-old-requests": {"task": "records.tasks.delete_old_requests", "schedule": crontab(hour=2, minute=50)},
    "delete-old-checks": {"task": "incentives.tasks.delete_old_checks", "schedule": crontab(hour=2, minute=40)},
    # a round that waited longer than until the next one is not worth running
    "journal-removals": {"task": "records.tasks.journal_removals", "schedule": 3.0, "options": {"expires": 3}},
    "open-public-pages": {"task": "records.tasks.open_public_pages", "schedule": 10.0, "options": {"expires": 10}},
    "tend-exports": {"task": "records.tasks.tend_exports", "schedule": 30.0, "options": {"expires": 30}},
    "watch-looks": {"task": "daoli_credit.looks.tasks.watch_looks", "schedule": 300.0, "options": {"expires": 300}},
    "tell-of-openings": {"task": "daoli_credit.looks.tasks.tell_of_openings", "schedule": crontab(minute=5)},
    "tell-of-requests": {"task": "daoli_credit.looks.tasks.tell_of_requests", "schedule": crontab(minute=6)},
    "settle-repairs": {"task": "records.tasks.settle_repairs", "schedule": 60.0, "options": {"expires": 60}},
    "offer-repairs": {"task": "records.tasks.offer_repairs", "schedule": crontab(hour=8, minute=30)},
    "settle-undoings": {"task": "records.tasks.settle_undoings", "schedule": 60.0, "options": {"expires": 60}},
    "settle-objections": {"task": "records.tasks.settle_objections", "schedule": 60.0, "options": {"expires": 60}},
    "tend-measures": {"task": "incentives.tasks.tend_measures", "schedule": 60.0, "options": {"expires": 60}},
    "review-measures": {"task": "incentives.tasks.review_measures", "schedule": crontab(minute=40)},
    "sweep-and-send": {"task": "daoli_credit.feeds.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "poll-receipts": {"task": "daoli_credit.feeds.tasks.poll", "schedule": 20.0, "options": {"expires": 20}},
    "drop-sent-bodies": {"task": "daoli_credit.feeds.tasks.drop_bodies", "schedule": crontab(hour=3, minute=25)},
    "run-waiting-check-sets": {"task": "incentives.tasks.run_waiting_check_sets", "schedule": 30.0},
    "tell-of-ended-checks": {
        "task": "incentives.tasks.tell_of_ended_checks",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "forget-old-check-sheets": {
        "task": "incentives.tasks.forget_old_check_sheets",
        "schedule": crontab(hour=3, minute=45),
    },
    "remind-of-feedback": {"task": "incentives.tasks.remind_of_feedback", "schedule": crontab(hour=8, minute=20)},
    "reconcile-feeds": {"task": "daoli_credit.feeds.tasks.reconcile", "schedule": crontab(minute=10)},
}
