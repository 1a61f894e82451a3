"""One settings file. Everything comes from the environment; nothing exists only in production."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from daoli_credit import environment as env
from daoli_credit.parties import parties

BASE_DIR = Path(__file__).resolve().parent.parent

# 演示模式: invented people and rules, the movable clock, the sandbox. Never beside real data.
DEMO = env.flag("DAOLI_DEMO")
TESTING = env.flag("DAOLI_TESTING")
STRICT = not (DEMO or TESTING)
DEBUG = env.flag("DAOLI_DEBUG")
if DEBUG and not (DEMO or TESTING):
    raise ImproperlyConfigured("DAOLI_DEBUG=1 只能与演示或测试一起使用")

SECRET_KEY = env.text("SECRET_KEY")
ORIGIN = env.text("DAOLI_ORIGIN", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", urlsplit(ORIGIN).hostname or "").split(",")
SECURE = ORIGIN.startswith("https://")

# 规则版本: which edition of the pack is loaded, and where evidence is kept outside the database.
EDITION = env.text("DAOLI_EDITION", "demo-2026" if DEMO or TESTING else "2026-11")
EVIDENCE_DIR = Path(env.text("DAOLI_EVIDENCE_DIR", str(BASE_DIR / ".data" / "evidence")))
KEYRING = env.text("DAOLI_KEYRING")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "guardian",
    "daoli_credit.law",
    "daoli_credit.audit",
    "daoli_credit.accounts",
    "daoli_credit.rulepack",
    "records",
    "incentives",
    "education",
    "daoli_credit.feeds",
    "daoli_credit.looks",
    "daoli_credit.portal",
    "daoli_credit.supervision",
    *(["daoli_credit.demo"] if DEMO or TESTING else []),
]
# guardian keeps the grants; the one function that asks it is accounts.access.rights_of, not a backend
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "daoli_credit.portal.middleware.NoPersonInAddress",
    "daoli_credit.portal.middleware.NoControlCharacters",
    "daoli_credit.portal.middleware.not_while_restoring",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "daoli_credit.portal.signed_out.SignedOut",
    "daoli_credit.accounts.gate.FirstThingsFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "daoli_credit.portal.throttle.Throttle",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "daoli_credit.portal.middleware.until_midnight",
    "daoli_credit.portal.middleware.forms_only",
]
ROOT_URLCONF = "daoli_credit.urls"
WSGI_APPLICATION = "daoli_credit.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "daoli_credit.portal.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The application's role. The owner's address is given to `migrate` and to nothing else.
# A new connection's first pages take twenty milliseconds longer each, so one is kept for ten minutes; it is asked
# whether it lives before a page uses it, so that a database that was restarted in between costs nobody an error.
DATABASES = {
    "default": dj_database_url.parse(env.text("DATABASE_URL"), conn_max_age=600, conn_health_checks=True),
}
if owner_url := env.text("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = dj_database_url.parse(owner_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")  # redis://host/0 or unix:///path/to.sock
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "daoli",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["daoli_credit.accounts.backends.StaffPassword"]
ANONYMOUS_USER_NAME = None  # guardian: no row for nobody
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "daoli_credit.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "daoli_credit.portal.public.errors.csrf_failure"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
SESSION_ENGINE = "daoli_credit.accounts.sitting"  # has its own ends: idle and longest
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # no script reads either
if SECURE:  # a browser takes these names from this very host over https only, and for every path
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# 市民登录: the real-name identity provider. Discovery reads the rest from the issuer.
OIDC_ISSUER = env.text("OIDC_ISSUER", "")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", "")
OIDC_SCOPE = env.text("OIDC_SCOPE", "openid")
OIDC_CLAIM_ID_NUMBER = env.text("OIDC_CLAIM_ID_NUMBER", "id_number")
OIDC_CLAIM_NAME = env.text("OIDC_CLAIM_NAME", "name")
OIDC_CLAIM_VERIFIED = env.text("OIDC_CLAIM_VERIFIED", "verified")
# Where the browser is sent; some providers sign people in on another origin than their issuer's.
OIDC_ORIGIN = env.text("OIDC_ORIGIN", "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER)) if OIDC_ISSUER else "")
if OIDC_ISSUER.startswith("http://") and not (DEMO or TESTING):
    raise ImproperlyConfigured("OIDC_ISSUER 必须以 https:// 开头")

# 第二因素: staff prove a second thing after the password. Only the demo and the tests may do without.
STAFF_SECOND_FACTOR = env.text("DAOLI_STAFF_SECOND_FACTOR", "off" if DEMO or TESTING else "required")
if STAFF_SECOND_FACTOR not in {"off", "required"}:
    raise ImproperlyConfigured(f"DAOLI_STAFF_SECOND_FACTOR 只能是 required 或 off，现在是 {STAFF_SECOND_FACTOR!r}")
if STAFF_SECOND_FACTOR == "off" and not (DEMO or TESTING):
    raise ImproperlyConfigured("DAOLI_STAFF_SECOND_FACTOR=off 只能在演示或测试里使用：正式环境必须有第二因素")

# 工作人员统一身份认证: units whose staff sign in at their own identity service; none is named by default.
STAFF_OIDC = {
    code: {
        "title": env.text(f"DAOLI_STAFF_OIDC_{code.upper()}_TITLE"),
        "issuer": env.text(f"DAOLI_STAFF_OIDC_{code.upper()}_ISSUER"),
        "client_id": env.text(f"DAOLI_STAFF_OIDC_{code.upper()}_CLIENT_ID"),
        "client_secret": env.text(f"DAOLI_STAFF_OIDC_{code.upper()}_CLIENT_SECRET"),
        "scope": env.text(f"DAOLI_STAFF_OIDC_{code.upper()}_SCOPE", "openid"),
        "origin": env.text(f"DAOLI_STAFF_OIDC_{code.upper()}_ORIGIN", ""),
        # amr (RFC 8176) or acr values that stand for a second factor there; none are believed unless named here
        "second_factor": env.text(f"DAOLI_STAFF_OIDC_{code.upper()}_SECOND_FACTOR", ""),
    }
    for code in env.text("DAOLI_STAFF_OIDC", "").replace(",", " ").split()
}
for code, unit in STAFF_OIDC.items():
    if not re.fullmatch("[a-z][a-z0-9]{1,19}", code):
        raise ImproperlyConfigured(f"DAOLI_STAFF_OIDC 里的代码只能是小写字母和数字，现在是 {code!r}")
    if not unit["issuer"].startswith("https://") and not (DEMO or TESTING):
        raise ImproperlyConfigured(f"DAOLI_STAFF_OIDC_{code.upper()}_ISSUER 必须以 https:// 开头")
    unit["origin"] = unit["origin"] or "{0.scheme}://{0.netloc}".format(urlsplit(unit["issuer"]))

# 推送平台: title, address and key come from here, never from a row; a feed that is not named is simply absent.
FEED_SENDER = env.text("DAOLI_FEED_SENDER", "daoli")
FEED_TIMEOUT = env.number("DAOLI_FEED_TIMEOUT", 10)  # seconds; the lease on what is being sent is longer than this
FEEDS = parties(
    "DAOLI_FEEDS",
    "DAOLI_FEED",
    ("https://", "sftp://"),
    strict=STRICT,
    may=("host_key", "identity", "layout", "batch", "items"),
)
for code, feed in FEEDS.items():
    if feed["url"].startswith("sftp://") and not (feed["host_key"] and feed["identity"]):
        raise ImproperlyConfigured(
            f"文件交换要有 DAOLI_FEED_{code.upper()}_HOST_KEY（对方主机公钥）和 _IDENTITY（我方私钥）"
        )
    if feed["layout"] and not (BASE_DIR / "records" / "layouts" / f"{feed['layout']}.yaml").is_file():
        raise ImproperlyConfigured(f"DAOLI_FEED_{code.upper()}_LAYOUT 不是一版字段对照：{feed['layout']}")
    if feed["batch"] and not (feed["batch"].isascii() and feed["batch"].isdigit() and 1 <= int(feed["batch"]) <= 1000):
        raise ImproperlyConfigured(f"DAOLI_FEED_{code.upper()}_BATCH 应为 1 到 1000 的整数，现在是 {feed['batch']!r}")

# 指标 are read with a token of their own; without one the address does not exist.
METRICS_TOKEN = env.text("DAOLI_METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise ImproperlyConfigured("DAOLI_METRICS_TOKEN 至少 32 个字符")

# 上级平台查询: asked at the moment of a check, with a key of their own; one that is not named is simply absent.
INBOUND_WITHIN = env.number("DAOLI_INBOUND_WITHIN", 3)  # seconds for all of them together: a check does not wait longer
# of one sheet, so many persons side by side (`_AT_ONCE`); the other side says how many it takes
INBOUND = parties(
    "DAOLI_INBOUND", "DAOLI_INBOUND", ("https://",), strict=STRICT, must=("lists", "basis"), may=("at_once",)
)
if not 1 <= INBOUND_WITHIN <= 20:
    raise ImproperlyConfigured(f"DAOLI_INBOUND_WITHIN 应在 1 到 20 秒之间，现在是 {INBOUND_WITHIN}")

if any(one["at_once"] and one["at_once"] not in {str(n) for n in range(1, 21)} for one in INBOUND.values()):
    raise ImproperlyConfigured("DAOLI_INBOUND_…_AT_ONCE 应在 1 到 20 之间")

# 演示人物: offered on the sign-in page, in the demo only.
CAST_FILE = env.text("DAOLI_CAST", "") if DEMO else ""
# 演练: where the sandbox platforms take orders for faults, in the demo only; `code=address`, with spaces between.
DRILLS = dict(one.split("=", 1) for one in env.text("DAOLI_DRILLS", "").split()) if DEMO else {}
DRILL_TOKEN = env.text("DAOLI_PLATFORM_TOKEN", "") if DEMO else ""

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("DAOLI_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMO or TESTING

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        # A sign-in by OIDC is a form that ends at the identity provider; browsers check the redirect too.
        "form-action": [SELF, *sorted({OIDC_ORIGIN, *(unit["origin"] for unit in STAFF_OIDC.values())} - {""})],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE and env.flag("DAOLI_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("DAOLI_BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [ORIGIN]
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # a refusal is an answer, not an event to print with a traceback; 5xx still is
    "loggers": {"django.request": {"level": "ERROR"}, "django.server": {"level": "WARNING"}},
}

# What the footer says about the operator; an empty value hides its line.
SITE = {
    "sponsor": env.text("DAOLI_SPONSOR", "哈尔滨市道里区人民政府（示例）" if DEMO else ""),
    "operator": env.text("DAOLI_OPERATOR", "区信用办"),
    "phone": env.text("DAOLI_PHONE", "0451-0000 0000" if DEMO else ""),
    "site_code": env.text("DAOLI_SITE_CODE", "0000000000" if DEMO else ""),
    "icp": env.text("DAOLI_ICP", "黑ICP备00000000号" if DEMO else ""),
    "police": env.text("DAOLI_POLICE", "黑公网安备00000000000000号" if DEMO else ""),
}

# 限速: on wherever people are; the tests that are about it turn it on.
THROTTLE = env.flag("DAOLI_THROTTLE", default=not TESTING)

# 上传的文件 stay in memory until they are sealed: Django's other handler would lay them down in plain on the disk.
# A long sheet is sealed piece by piece on its way in.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "records.receiving.SealedUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024

# 接口: bureaus' systems speak JSON, and are answered in it, in Chinese.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # a view that forgets to derive from accounts.api.ServiceView is open to nobody
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_RATES": {"service-key": "120/min"},
    "EXCEPTION_HANDLER": "daoli_credit.accounts.api.refusal",
    "UNAUTHENTICATED_USER": None,
}

# Celery: no results, no state in the broker that the database does not also have.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
