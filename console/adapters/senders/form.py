"""Sends a token request that needs no library: a form to a known endpoint (RFC 6749 section 3.2)."""

from urllib.parse import urlencode

from console.adapters.senders.order import Order, Recorder
from console.core.client_auth.base import Form, Proof
from console.core.exchange import Exchange, Purpose, Request

_HEADERS = (("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"))


def send(order: Order, recorder: Recorder) -> Exchange:
    """The exchange with the endpoint; the guard sees to it that what is secret goes over https only."""
    proof = order.prove(order.post.auth_audience) if order.prove else Proof()
    body = urlencode(_fields(order.post.form, proof.form)).encode("ascii")
    request = Request("POST", order.post.endpoint, (*_HEADERS, *proof.headers), body)
    return recorder.send(request, purpose=Purpose.TOKEN)


def _fields(asked: Form, proof: Form) -> Form:
    """The proof names the client; a form that names it too, as a pushed request does, does so once: no parameter
    stands in a request more than once (RFC 6749 section 3.2), and strict servers refuse one that does.
    """
    proved = {name for name, _ in proof}
    return (*(pair for pair in asked if pair[0] not in proved), *proof)
