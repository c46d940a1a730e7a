"""Settings of the house. Everything that differs between places comes from the environment (.env.example)."""

from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages

from accounts.limits import LOCKED_MINUTES
from poems_site import environment as env, single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.secret("DJANGO_SECRET_KEY")
DEBUG = False  # Never: a stack trace shows patients. Errors go to the log.
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
# The address people use, for links in mails; no trailing slash.
SITE_URL = env.text("SITE_URL", "http://localhost:8000")

# Decision support: the planning wizard, what it judges, and the alerts of the course. Without it the house is
# a registry with reminders, and plans are written as free documents.
CDS_ENABLED = env.boolean("CDS_ENABLED", default=True)

INSTALLED_APPS = [
    "poems_site",
    "accounts",
    "approval",
    "accounts.trail",
    "patients",
    "monitoring.results",
    "monitoring.course",
    "monitoring.alerts",
    "monitoring.board",
    "monitoring.follow_ups",
    "monitoring.imports",
    "monitoring.matching",
    "monitoring.reminders",
    "treatment",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "template_partials",
]

MIDDLEWARE = [
    # What the browser may do; above everything, so that files and error pages say it too.
    "poems_site.browser_rules.BrowserRulesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Locks what nobody uses, ends what is old, and keeps what was typed.
    "accounts.session_middleware.SessionTimeMiddleware",
    # An empty refusal becomes a page with a sentence.
    "poems_site.refusals.RefusalsInWordsMiddleware",
    # One transaction per request, in which the database knows hospital and person.
    "accounts.middleware.HospitalScopeMiddleware",
    # Deny unless accounts/permissions.py allows.
    "accounts.middleware.PolicyMiddleware",
    # Nothing of decision support opens where it is switched off.
    "poems_site.decision_support.DecisionSupportMiddleware",
]

ROOT_URLCONF = "poems_site.urls"
WSGI_APPLICATION = "poems_site.wsgi.application"

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
                "poems_site.navigation.shell",
            ],
        },
    }
]

# Two logins: the application's, which row-level security binds and which cannot rewrite history, and the
# owner's, which migrates. A web process is given only the first (docs/adr/0003).
DATABASES = {"default": env.database(env.secret("DATABASE_URL"), "DATABASE_URL")}
if owner_url := env.secret("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = env.database(owner_url, "DATABASE_OWNER_URL")
if env.boolean("DATABASE_POOL", default=False):
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": env.integer("DATABASE_POOL_SIZE", 8)}
    }
else:
    # Workers and commands keep their connection from task to task.
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL, CELERY_BROKER_URL = env.redis_urls(env.secret("REDIS_URL"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}}

# What is due stands in PostgreSQL; the queue carries ids only, and the next sweep fills a lost one again.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A killed worker's task comes back after the timeout; kombu's own rhythm of looking would add 94 s.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Below the visibility timeout: a task that still runs is never given to a second worker.
CELERY_TASK_TIME_LIMIT = 240
# Two queues, each with workers of its own: a file of 50,000 rows never keeps a mail waiting. What finds what
# is to do (the sweeps) takes moments and goes with the mails.
CELERY_TASK_DEFAULT_QUEUE = "mail"
CELERY_TASK_ROUTES = {
    "monitoring.imports.tasks.work": {"queue": "long"},
    "monitoring.alerts.tasks.read": {"queue": "long"},
}
# How long an import waits before it is queued again (its worker or the queue was lost), and how long the
# uploaded files are kept.
IMPORT_SWEEP_SECONDS = env.integer("IMPORT_SWEEP_SECONDS", 60)
IMPORT_FILE_DAYS = env.integer("IMPORT_FILE_DAYS", 30)
# How often due reminders are looked for, how long a worker may hold a batch, and how long it may take to send
# it (less, so that two workers never send one digest at the same time).
REMINDER_SWEEP_SECONDS = env.integer("REMINDER_SWEEP_SECONDS", 60)
REMINDER_LEASE_SECONDS = env.integer("REMINDER_LEASE_SECONDS", 120)
REMINDER_SEND_SECONDS = REMINDER_LEASE_SECONDS * 3 // 4
# How many mails may leave in a minute, all workers together (0: as many as the server takes), and after how
# many hours without a look for what is due the admins are told.
REMINDER_MAILS_PER_MINUTE = env.integer("REMINDER_MAILS_PER_MINUTE", 0)
REMINDER_DEAD_HOURS = env.integer("REMINDER_DEAD_HOURS", 26)
# How often it is looked for courses that changed while the queue was away, or whose day has changed.
ALERT_SWEEP_SECONDS = env.integer("ALERT_SWEEP_SECONDS", 60)
# Every periodic task of the product.
CELERY_BEAT_SCHEDULE = {
    "send due reminders": {
        "task": "monitoring.reminders.tasks.sweep",
        "schedule": REMINDER_SWEEP_SECONDS,
        "options": {"expires": REMINDER_SWEEP_SECONDS},
    },
    "read changed courses": {
        "task": "monitoring.alerts.tasks.sweep",
        "schedule": ALERT_SWEEP_SECONDS,
        "options": {"expires": ALERT_SWEEP_SECONDS},
    },
    "take up waiting imports": {
        "task": "monitoring.imports.tasks.sweep",
        "schedule": IMPORT_SWEEP_SECONDS,
        "options": {"expires": IMPORT_SWEEP_SECONDS},
    },
}
# Sessions in the database: a lost Redis signs nobody out, and a session ends when its row goes.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Unused for so long it asks again who is there; after so long it ends, used or not (accounts/times.py).
SESSION_IDLE_MINUTES = env.integer("SESSION_IDLE_MINUTES", 30)
SESSION_HOURS = env.integer("SESSION_HOURS", 12)
# The row outlives the working day: whoever comes back to an open form finds it again after signing in.
SESSION_COOKIE_AGE = (SESSION_HOURS + 24) * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds; who waits longer asks for another link
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # An address is proved by accepting the invitation sent to it.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A changed password ends every other session (their hash no longer fits); this one goes on.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
# Counted in the shared cache, so every worker knows. Failures count per address and, for codes, per person;
# the numbers per computer are wide, because a whole hospital may come from one address.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": f"60/m/ip,5/{LOCKED_MINUTES}m/key",
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,5/h/key",
}
ACCOUNT_FORMS = {"reset_password": "accounts.sign_in_forms.NewPasswordForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey signs in and signs plans alone, so the device must ask who holds it (PIN, finger, face): a key
# left in a ward computer would otherwise sign for whoever sits there.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "add_webauthn": "accounts.sign_in_forms.AddPasskeyForm",
    "authenticate_webauthn": "accounts.sign_in_forms.AskPasskeyForm",
    "login_webauthn": "accounts.sign_in_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.sign_in_forms.AskPasskeyAgainForm",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # one code before or after: clocks differ and people type slowly
MFA_TOTP_ISSUER = "Treatment dashboard"

# Single sign-on by one OpenID Connect provider (docs/adr/0021, docs/sign-in.md); without one, no button.
SINGLE_SIGN_ON = single_sign_on.name()
SINGLE_SIGN_ON_TRUSTED_AMR = env.words("OIDC_TRUSTED_AMR", "")
SINGLE_SIGN_ON_TRUSTED_ACR = env.words("OIDC_TRUSTED_ACR", "")
SOCIALACCOUNT_PROVIDERS = single_sign_on.providers()
SOCIALACCOUNT_ADAPTER = "accounts.views.provider.SingleSignOnAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history", db_constraint=False)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_TIMEOUT = env.integer("EMAIL_TIMEOUT", 20)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD") if EMAIL_HOST_USER else ""
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.boolean("EMAIL_USE_SSL", default=False)
# Neutral by default: a mail's sender must not tell what the person's work is about.
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Hospital notices <notices@localhost>")
# The list the mails say they are of; where what cannot be delivered goes (empty: to the sender), with the
# digest's number after a plus; and the subject instead of our own, {count} being the number of items.
REMINDER_LIST_ID = env.text("REMINDER_LIST_ID", "notices.localhost")
REMINDER_BOUNCE_ADDRESS = env.text("REMINDER_BOUNCE_ADDRESS", "")
REMINDER_SUBJECT = env.text("REMINDER_SUBJECT", "")

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["poems_site.formats"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "built", BASE_DIR / "static" / "public"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# In the session: what was said to a person lies in no cookie of the ward's computer.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {messages.ERROR: "danger"}
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 1  # no form takes more
# Uploads hold patients' data and are never written to a disk on their way; larger ones are dropped as they
# arrive. The limit of a file is that of imports.files.content, and a little for the rest of the form.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024 + 64 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the QR code of the second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
HTTPS = env.boolean("HTTPS", default=SITE_URL.startswith("https://"))
SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY = env.boolean("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Whose address attempts are counted for: the last entry of X-Forwarded-For is the proxy's word.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# A name with __Host- is taken by browsers only from this host and over TLS: no neighbour can plant a session.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# Who tells the form of the diagnosis what was measured (patients/measured.py).
MEASURED_BESIDE_CRITERIA = "monitoring.results.criteria.measured"
# Who is told that results changed, and who knows what a result did (monitoring/results/changed.py, used.py).
RESULTS_CHANGED = "monitoring.matching.actions.matches.settle"
USES_OF_A_RESULT = "monitoring.matching.queries.closed_with"
# Who is told that treatments or assessments of a record changed (patients/entries_changed.py).
ENTRIES_CHANGED = "monitoring.matching.actions.matches.settle"
# Who is told that a course may have changed, once the change is committed (patients/changed.py).
TOLD_OF_CHANGES = "monitoring.alerts.tasks.wake"

CSRF_FAILURE_VIEW = "poems_site.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "poems_site.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
