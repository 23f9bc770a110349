"""The call a person wants sent, and the rule that keeps a token and a key within their API (design: safety rules)."""

from dataclasses import dataclass

from console.core.exchange import Header


@dataclass(frozen=True, slots=True)
class ApiCall:
    """`path` is relative to the Api's base URL; `query` is text as typed, without the question mark."""

    method: str
    path: str
    query: str = ""
    headers: tuple[Header, ...] = ()
    body: str = ""
    sends_token: bool = True
    sends_subscription_key: bool = True
