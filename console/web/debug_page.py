"""The page of a crash while CONSOLE_DEBUG is on, without values: Django's own shows each variable of each frame, the
settings and what was sent. Whoever can make the console crash would read keys, tokens and passwords of others in it.
"""

from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter


class WithoutValues(SafeExceptionReporterFilter):
    """Files, lines and the exception stay; the log has the same."""

    def is_active(self, *_: Any) -> bool:
        return True

    def get_safe_settings(self) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, *_: Any) -> dict[str, Any]:
        return {}

    def get_safe_cookies(self, *_: Any) -> dict[str, Any]:
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> QueryDict:
        """The names of what was sent."""
        sent = QueryDict(mutable=True)
        sent.update(dict.fromkeys(request.POST if request is not None else (), self.cleansed_substitute))
        return sent

    def get_traceback_frame_variables(self, *_: Any) -> ItemsView[str, Any]:
        return dict[str, Any]().items()
