"""The two senders of a token request: MSAL where a place names an authority for it, a plain form everywhere else."""

from console.adapters.senders import form, msal
from console.adapters.senders.order import DryRecorder, Order, Recorder
from console.core.exchange import Exchange, Failure

__all__ = ["DryRecorder", "Order", "Recorder", "send"]


def send(order: Order, recorder: Recorder) -> Exchange | Failure:
    """The exchange whose answer the grant reads, or why nothing is to be read. Never raises for what the world does."""
    if order.place.msal_authority and msal.can_send(order):
        return msal.send(order, recorder)
    return form.send(order, recorder)
