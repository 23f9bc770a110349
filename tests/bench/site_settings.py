"""Settings of the measured site: production's, with two empty views beside the pages."""

import os

from console.settings import *  # noqa: F403  (that is what is measured)

ROOT_URLCONF = "tests.bench.site_urls"
if os.environ.get("BENCH_BARE") == "1":
    MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # allauth does not start without it
