"""The WSGI entry point. A worker loads what every page needs before its first visitor, and never weighs it again."""

import gc
import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daoli_credit.settings")

from daoli_credit import celery  # noqa: F401  pages hand work to the broker that this names

application = get_wsgi_application()

from django.conf import settings  # noqa: E402  Django is ready only now
from django.db import DatabaseError, connections  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from daoli_credit.law import pack  # noqa: E402

_pages = get_resolver().url_patterns
_folder = settings.BASE_DIR / "templates"
_sheets = [get_template(str(one.relative_to(_folder))) for one in sorted(_folder.rglob("*.html"))]
with suppress(DatabaseError, pack.NoEdition, pack.DemoRefused):  # the first page says so, in words
    pack.current()
connections.close_all()
# Collecting the code and the rules again and again stops a worker for a tenth of a second each time, and finds nothing.
gc.collect()
gc.freeze()
