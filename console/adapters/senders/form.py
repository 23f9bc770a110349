"""Sends a token request that needs no library: a form to a known endpoint (RFC 6749 section 3.2)."""

from urllib.parse import urlencode

from console.adapters.senders.order import Order, Recorder
from console.core.client_auth.base import Proof
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
    body = urlencode((*order.post.form, *proof.form)).encode("ascii")
    headers = (*_HEADERS, *proof.headers)
    if order.dpop is not None:
        headers = dpop.with_proof(headers, order.dpop("POST", order.post.endpoint, nonce))
    request = Request("POST", order.post.endpoint, headers, body)
    return recorder.send(request, purpose=Purpose.TOKEN, certificate=proof.certificate)
