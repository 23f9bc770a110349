"""Sends a token request that needs no library: a form to a known endpoint (RFC 6749 section 3.2)."""

from urllib.parse import urlencode

from console.adapters.senders.order import Order, Recorder
from console.core.client_auth.base import Form, Proof
from console.core.exchange import Exchange, Purpose, Request
from console.core.oauth import dpop

_HEADERS = (("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"))


def send(order: Order, recorder: Recorder) -> Exchange:
    """The exchange with the endpoint; the guard sees to it that what is secret goes over https only.

    Where the server wants its nonce in the proof of possession, the request is made once more with it (RFC 9449 section
    8), and never a third time: a server that always wants another one would never end.
    """
    first = _sent(order, recorder, nonce="")
    nonce = dpop.nonce_wanted(first.response) if order.dpop else ""
    return _sent(order, recorder, nonce=nonce) if nonce else first


def _sent(order: Order, recorder: Recorder, *, nonce: str) -> Exchange:
    """With a proof of the client made for this request alone: what one assertion was used for, the server remembers."""
    proof = order.prove(order.post.auth_audience) if order.prove else Proof()
    body = urlencode(_fields(order.post.form, proof.form)).encode("ascii")
    headers = (*_HEADERS, *proof.headers)
    if order.dpop is not None:
        headers = dpop.with_proof(headers, order.dpop("POST", order.post.endpoint, nonce))
    request = Request("POST", order.post.endpoint, headers, body)
    return recorder.send(request, purpose=Purpose.TOKEN, certificate=proof.certificate)


def _fields(asked: Form, proof: Form) -> Form:
    """The proof names the client; a form that names it too, as a pushed request does, does so once: no parameter
    stands in a request more than once (RFC 6749 section 3.2), and strict servers refuse one that does.
    """
    proved = {name for name, _ in proof}
    return (*(pair for pair in asked if pair[0] not in proved), *proof)
