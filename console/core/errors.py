"""Anticipated refusals. Each is mapped to a page once, in `web/errors.py`; anything else that is raised is a bug."""


class Refusal(Exception):
    """Why the console will not do it: four sentences for people, none of them with a secret."""

    def __init__(self, what: str = "", *, why: str = "", do: str = "", who: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.do, self.who = what, why, do, who


class NotFound(Refusal):
    """Not there, or not this actor's: 404 in both cases."""


class NotYours(NotFound):
    """There, but not for this actor: told as NotFound, and remembered in the audit trail under `kind` and `id`."""

    def __init__(self, what: str = "", *, kind: str, id: str, why: str = "", do: str = "", who: str = "") -> None:
        super().__init__(what, why=why, do=do, who=who)
        self.kind, self.id = kind, id


class NotAllowed(Refusal):
    """There, and visible, but this actor may not do that: 403."""


class Unavailable(Refusal):
    """Right, but not now (taken, leased, cannot be reached): 503."""


class Busy(Unavailable):
    """More than this person, or this process, does at once: 429, to be asked again in `wait_s` seconds."""

    def __init__(self, what: str = "", *, wait_s: int, why: str = "", do: str = "", who: str = "") -> None:
        super().__init__(what, why=why, do=do, who=who)
        self.wait_s = wait_s


class Misconfigured(Refusal):
    """The deployment or a stored value must be mended first (unreadable secret, missing key): 500 page with words."""


class Stale(Refusal):
    """The form was opened on an older version of the row: shown in the form, nothing typed is lost."""
