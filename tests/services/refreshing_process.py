"""One worker process in which many people use one connection at the same moment. Arguments: what database, people,
profile and connection; prints, as JSON, what each of them got.
"""

import json
import sys
import threading
import time

import django
from django.conf import settings

from tests.patience import wait_long


def main(database: str, people_ids: str, profile_id: str, connection_id: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    wait_long(settings.DATABASES["default"]["OPTIONS"])
    django.setup()
    from django.db import connection

    from console.core import providers
    from console.services import tokens
    from console.store import people
    from tests.services.toys import toy_provider

    providers.PROVIDERS = (*providers.PROVIDERS, toy_provider.PROVIDER)
    actors = [people.get(int(one)) for one in people_ids.split(",")]
    start, got = threading.Barrier(len(actors)), []

    def use(actor) -> None:
        start.wait()
        for _ in range(600):
            try:
                obtained = tokens.obtain(actor, profile_id, connection_id=connection_id)
            finally:
                connection.close()  # as at the end of a request: on PostgreSQL it goes back to the pool
            if obtained.access_token is not None:
                got.append(obtained.access_token.reveal())
                return
            if not obtained.is_under_way:
                got.append(f"{obtained.error} {obtained.failure}")
                return
            time.sleep(0.1)

    threads = [threading.Thread(target=use, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps(got))


if __name__ == "__main__":
    main(*sys.argv[1:])
