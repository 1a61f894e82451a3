# 道里诚信: one image for web, worker, beat and migrate. No embedded servers, no test tools, no compiler.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=daoli_credit.settings \
    DAOLI_STATIC_ROOT=/app/staticfiles \
    DAOLI_EVIDENCE_DIR=/var/lib/daoli/evidence

WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin daoli \
 && install -d -o daoli -g daoli -m 0700 /var/lib/daoli /var/lib/daoli/evidence /var/lib/daoli/beat

COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: -r requirements.lock
COPY . .

# Settings ask for these; nothing of them stays in the image, and collectstatic speaks to no server.
RUN SECRET_KEY=build-only DAOLI_KEYRING='{}' DATABASE_URL=postgres://build/none REDIS_URL=redis://build/0 python manage.py collectstatic --noinput --verbosity 0

USER daoli
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "daoli_credit.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
