"""What Django is told of the log: to standard error, every line swept of what looks like a secret."""

from typing import Any


def to_standard_error(level: str) -> dict[str, Any]:
    """The settings of the log; `level` is the least that is written."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "swept": {
                "()": "console.adapters.log.SweptFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            }
        },
        "filters": {"never_debug": {"()": "console.adapters.log.NeverDebug"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "swept"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"level": "CRITICAL"},  # console/web/errors.py logs each crash once, with its id
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.security": {"level": "CRITICAL"},  # what strangers send is answered in words, without a traceback
            "django.security.csrf": {"level": "WARNING"},
            "django.template": {"filters": ["never_debug"]},  # a missing variable logs the context: what is shown once
            "django_tasks": {"level": "CRITICAL"},  # console/services/tasks.py logs a task that fails, and nothing else
            "django_tasks_db": {"level": "WARNING"},
            "msal": {"level": "ERROR"},  # it writes token answers that it cannot parse into its log
            "urllib3": {"level": "WARNING"},
            "urllib3.connectionpool": {"filters": ["never_debug"]},  # paths and queries
            "requests": {"level": "WARNING"},
        },
    }
