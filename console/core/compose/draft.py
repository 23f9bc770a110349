"""What the form of a call holds, as plain values that may be kept and opened again."""

from dataclasses import dataclass

from console.core.call import ApiCall
from console.core.compose.bodies import MULTIPART, RAW, UploadedBody, wire_body
from console.core.exchange import Header


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """One request below its Api's base URL.

    `path` begins after the base URL and is without query, `query` is as typed, without the question mark. `body_kind`
    is one of BODY_KINDS: `body` is the text of raw and JSON, `fields` are names and values of the two forms; a file is
    sent with one call and is no part of a draft. `sends_token` and `sends_subscription_key`: the console adds them; a
    draft holds neither. `timeout_s` as in Request.
    """

    method: str = "GET"
    path: str = ""
    query: str = ""
    headers: tuple[Header, ...] = ()
    body_kind: str = RAW
    body: str = ""
    fields: tuple[Header, ...] = ()
    sends_token: bool = True
    sends_subscription_key: bool = True
    timeout_s: int | None = None

    @property
    def title(self) -> str:
        """What lists call it: "GET /orders"."""
        return f"{self.method} {self.path or '/'}"


def call_of(draft: RequestDraft, upload: UploadedBody | None = None) -> ApiCall:
    """The call that is sent. What its kind of body says is its Content-Type, unless one is typed; the parts of a form
    are told apart by what theirs says, so that it stands for any that is typed.
    """
    body = wire_body(draft.body_kind, draft.body, draft.fields, upload)
    beside = tuple(one for one in draft.headers if one[0].lower() != "content-type")
    typed = beside if draft.body_kind == MULTIPART else draft.headers
    own = (("Content-Type", body.media_type),) if body.media_type and len(beside) == len(typed) else ()
    return ApiCall(
        method=draft.method,
        path=draft.path,
        query=draft.query,
        headers=typed + own,
        body=body.text,
        wire_body=body.content,
        sends_token=draft.sends_token,
        sends_subscription_key=draft.sends_subscription_key,
        timeout_s=draft.timeout_s,
    )
