"""Settings, all from the environment. Production by default; `manage.py demo` and the tests set what they need.

Nothing is made or fetched here: folders, keys and tables are made by commands, so that a bare clone can import this.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from console import database_settings, log_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _text_or_file(name: str) -> str:
    """The variable itself, or the content of the file that `<name>_FILE` names; "" when neither is there."""
    path = env.str(f"{name}_FILE", "")
    if env.str(name, "") or not path:
        return str(env.str(name, ""))
    return Path(path).read_text("utf-8").strip()


# --- The console itself -------------------------------------------------------------------------------------------
CONSOLE_DATA_DIR = Path(env.str("CONSOLE_DATA_DIR", str(BASE_DIR / ".data")))
CONSOLE_DEMO = env.bool("CONSOLE_DEMO", False)
CONSOLE_PUBLIC_URL = env.str("CONSOLE_PUBLIC_URL", "http://localhost:8000").rstrip("/")
CONSOLE_SANDBOX = env.bool("CONSOLE_SANDBOX", False)
# Grants with a warning that are allowed all the same: password, implicit.
CONSOLE_LEGACY_GRANTS = env.list("CONSOLE_LEGACY_GRANTS", default=[])
CONSOLE_IDLE_TIMEOUT_S = env.int("CONSOLE_IDLE_TIMEOUT_S", 45 * 60)

# Hosts, with a port that is not 443, to which a token may follow work that was answered with 202: for each look its
# user is asked, and its subscription key stays here.
CONSOLE_MONITOR_HOSTS = env.list("CONSOLE_MONITOR_HOSTS", default=[])

# What one person may ask of the console (console/services/budget.py).
CONSOLE_CALLS_PER_MINUTE = max(1, env.int("CONSOLE_CALLS_PER_MINUTE", 30))
# How long an API may take to answer a call; nothing else is waited for longer than 20 seconds.
MOST_CALL_S = 120
CONSOLE_CALL_S = min(MOST_CALL_S, max(1, env.int("CONSOLE_CALL_S", 20)))
CONSOLE_KEPT_MB_PER_DAY = max(1, env.int("CONSOLE_KEPT_MB_PER_DAY", 100))
# Of one answer of an API; masking what is secret in it takes about a second for each million bytes.
CONSOLE_ANSWER_MB = min(10, max(1, env.int("CONSOLE_ANSWER_MB", 1)))
CONSOLE_PROCESSOR_S_PER_MINUTE = max(0, env.int("CONSOLE_PROCESSOR_S_PER_MINUTE", 20))

# How long the history is kept, and whether the console deletes what has had its time by itself.
CONSOLE_KEEP_DAYS = max(1, env.int("CONSOLE_KEEP_DAYS", 90))
CONSOLE_CASE_DAYS = max(1, env.int("CONSOLE_CASE_DAYS", 90))
CONSOLE_PRUNES = env.bool("CONSOLE_PRUNES", True)

# What may leave this server (console/adapters/egress.py gives the meaning).
CONSOLE_EGRESS_MODE = env.str("CONSOLE_EGRESS_MODE", "public")
CONSOLE_EGRESS_ALLOW = env.str("CONSOLE_EGRESS_ALLOW", "")
CONSOLE_EGRESS_PROXY = env.str("CONSOLE_EGRESS_PROXY", "")
CONSOLE_CA_BUNDLE = env.str("CONSOLE_CA_BUNDLE", "")

# Folders below which a profile may name a file with a federated assertion, each with the one provider that it may be
# sent to: "/var/run/secrets/azure=https://login.microsoftonline.com". None: such files are not read.
CONSOLE_ASSERTION_FOLDERS = env.list("CONSOLE_ASSERTION_FOLDERS", default=[])

# Key ring of the vault: "k2:<32 bytes base64>,k1:<...>", first writes, all read. Kept outside the database.
CONSOLE_SECRET_KEYS = env.str("CONSOLE_SECRET_KEYS", "")
CONSOLE_SECRET_KEYS_FILE = env.str("CONSOLE_SECRET_KEYS_FILE", str(CONSOLE_DATA_DIR / "secret_keys"))

# --- Django -------------------------------------------------------------------------------------------------------
SECRET_KEY = _text_or_file("CONSOLE_SECRET_KEY")
DEBUG = env.bool("CONSOLE_DEBUG", False)
_PUBLIC = urlsplit(CONSOLE_PUBLIC_URL)
_IS_HTTPS = _PUBLIC.scheme == "https"
ALLOWED_HOSTS = env.list("CONSOLE_ALLOWED_HOSTS", default=[_PUBLIC.hostname or "localhost"])
CSRF_TRUSTED_ORIGINS = [CONSOLE_PUBLIC_URL] if _IS_HTTPS else []

# How many proxies stand in front and set X-Forwarded-For and X-Forwarded-Proto; 0 means: believe no such header.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("CONSOLE_TRUSTED_PROXIES", 0)
USE_X_FORWARDED_HOST = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None

ROOT_URLCONF = "console.urls"
WSGI_APPLICATION = "console.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEFAULT_EXCEPTION_REPORTER_FILTER = "console.web.debug_page.WithoutValues"
FORM_RENDERER = "console.web.forms.renderer.PlainRenderer"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

INSTALLED_APPS = [
    "console.apps.ConsoleConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "console.web.sandbox_endpoints.SandboxEndpoints",
    "console.web.middleware.SafeHeaders",
    "console.web.compression.CompressedPages",
    "console.web.middleware.HtmxRedirects",
    "console.web.middleware.CleanPath",
    "django.middleware.security.SecurityMiddleware",
    "console.web.static_files.CompressedStatic",
    "console.web.bundles.Bundles",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "console.web.middleware.Probes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "console.web.middleware.IdleTimeout",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "console.web.middleware.SignInRequired",
    "django_htmx.middleware.HtmxMiddleware",
    "console.web.middleware.WhoAsks",
    "console.web.budget.ProcessorTime",
    "console.web.choosing.ChoosesWayIn",
    "console.web.middleware.Refusals",
    "console.web.proof.AsksForProof",
]

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
            ],
        },
    },
]

# --- Database -----------------------------------------------------------------------------------------------------
_DATABASE = env.db_url("DATABASE_URL", default=f"sqlite:///{CONSOLE_DATA_DIR / 'console.sqlite3'}")
DATABASES = {
    "default": database_settings.complete(
        _DATABASE,
        wait_s=env.int("CONSOLE_DATABASE_WAIT_S", 2),  # far below what a browser, a proxy or a person waits
        pool_size=env.int("CONSOLE_DATABASE_POOL", 10),
    )
}

# Only rate-limit counters live here; never a token. In the database, so that all processes share them.
CACHES = {
    "default": {
        "BACKEND": "console.store.telling_cache.TellsFaults",
        "LOCATION": "console_rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # from here on what is over is deleted; what still counts stays
    },
}

# --- Tasks: what goes on without anybody looking. Rows of the same database, unless another backend is named ----------
CONSOLE_TASKS_BACKEND = env.str("CONSOLE_TASKS_BACKEND", "django_tasks_db.DatabaseBackend")
TASKS = {"default": {"BACKEND": CONSOLE_TASKS_BACKEND}}

# --- Static files: served as they are, found without a collecting step ----------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 300  # names carry no hash, so an upgrade shows within five minutes

# --- People and sessions --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "console.Person"
AUTHENTICATION_BACKENDS = ["console.web.backend.PeopleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "console.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from an administrator, sign-up is closed
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can have this console write to strangers
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before anything that changes how one signs in, or shows what is stored
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]  # and the company's sign-in: console/web/accounts.py
_FORMS = "console.web.forms.accounts"
ACCOUNT_FORMS = {"login": f"{_FORMS}.SignInForm", "reset_password_from_key": f"{_FORMS}.ResetPasswordForm"}
ACCOUNT_FORMS |= dict.fromkeys(("set_password", "change_password"), f"{_FORMS}.NewPasswordForm")
ACCOUNT_FORMS |= {"reset_password": f"{_FORMS}.ForgottenPasswordForm", "reauthenticate": f"{_FORMS}.ConfirmForm"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _PUBLIC.scheme
MFA_ADAPTER = "console.web.accounts.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": f"{_FORMS}.PasskeyForm", "edit_webauthn": f"{_FORMS}.PasskeyNameForm"}
MFA_FORMS |= {"authenticate": f"{_FORMS}.SecondStepForm", "authenticate_webauthn": f"{_FORMS}.SecurityKeyForm"}
MFA_FORMS |= {"reauthenticate": f"{_FORMS}.ConfirmByCodeForm", "reauthenticate_webauthn": f"{_FORMS}.ConfirmByKeyForm"}
MFA_FORMS |= {"activate_totp": f"{_FORMS}.AuthenticatorForm"}
MFA_TOTP_ISSUER = "Token Console"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _IS_HTTPS and _PUBLIC.hostname == "localhost"
SOCIALACCOUNT_ADAPTER = "console.web.accounts.CompanyAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address alone never links a company account
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
_OIDC_ISSUER = env.str("CONSOLE_OIDC_ISSUER", "")
_COMPANY = {
    "provider_id": "company",
    "name": env.str("CONSOLE_OIDC_NAME", "Company account"),
    "client_id": env.str("CONSOLE_OIDC_CLIENT_ID", ""),
    "secret": _text_or_file("CONSOLE_OIDC_CLIENT_SECRET"),
    "settings": {
        "server_url": _OIDC_ISSUER,
        "scope": env.str("CONSOLE_OIDC_SCOPE", "openid profile email").split(),
    },
}
# Groups that come from a claim of the company's sign-in: its name, and the group that each value stands for.
CONSOLE_OIDC_GROUPS_CLAIM = env.str("CONSOLE_OIDC_GROUPS_CLAIM", "")
CONSOLE_OIDC_GROUPS = _text_or_file("CONSOLE_OIDC_GROUPS")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_COMPANY] if _OIDC_ISSUER else []},
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-sessionid" if _IS_HTTPS else "sessionid"
SESSION_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if _IS_HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = _IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "console.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Headers and limits ---------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = _IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come over plain HTTP from the same machine
SECURE_HSTS_SECONDS = 31_536_000 if _IS_HTTPS and not CONSOLE_DEMO else 0  # on localhost it would bind every project
SECURE_HSTS_INCLUDE_SUBDOMAINS = _IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer, Chromium posts forms with "Origin: null", which CSRF refuses
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # HSTS preload lists a whole domain: its owner decides, not this program

_FROM_HERE = ("script-src", "style-src", "img-src", "connect-src", "form-action")
_NOTHING = ("default-src", "base-uri", "frame-ancestors")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {name: ["'none'"] for name in _NOTHING} | {name: ["'self'"] for name in _FROM_HERE},
}
_UNUSED = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope magnetometer "
    "microphone midi payment picture-in-picture screen-wake-lock usb xr-spatial-tracking"
)
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in _UNUSED.split()}

DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_HANDLERS = ["console.web.uploads.OnlyInMemory"]  # an uploaded key never becomes a temporary file

# --- Mail: none unless it is set up. To the terminal (consolemail://) only in the demo: a mail holds links -----------
vars().update(env.email_url("CONSOLE_EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("CONSOLE_EMAIL_FROM", f"token-console@{_PUBLIC.hostname or 'localhost'}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = log_settings.to_standard_error(env.str("CONSOLE_LOG_LEVEL", "INFO"))
