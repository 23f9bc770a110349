"""The WSGI application."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
django.setup(set_prefix=False)

from console.web.application import application as _whole  # noqa: E402  (it needs the apps)
from console.web.room import with_room  # noqa: E402

application = with_room(_whole())
