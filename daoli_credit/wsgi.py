"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daoli_credit.settings")

from daoli_credit import celery  # noqa: F401  pages hand work to the broker that this names

application = get_wsgi_application()
