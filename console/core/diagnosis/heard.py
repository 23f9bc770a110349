"""What known messages mean together, and as phrases."""

from dataclasses import replace

from console.core.diagnosis.messages import Told
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.terms import Confidence

_OF_METADATA = frozenset({"metadata-unreachable", "metadata-url-invalid"})
_OF_NETWORK = frozenset({"connection-blocked", "call-timeout", "tls-untrusted-certificate", "proxy-intercepts"})


def outermost(messages: tuple[Told, ...]) -> tuple[Told, ...]:
    """Without the network's word that keys or metadata could not be had: that they could not is what is wrong."""
    causes = {one.message.cause for one in messages}
    if not causes & _OF_METADATA:
        return messages
    return tuple(one for one in messages if one.message.cause not in _OF_NETWORK)


def beside(messages: tuple[Told, ...], phrases: tuple[Said, ...]) -> tuple[Said, ...]:
    """What known messages tell, in the shape of phrases, then the phrases of the rest of the text.

    The rest is what a program writes around its message, the name of an exception say: it is never certain.
    """
    told = tuple(Said(one.message.cause, one.message.decides, one.words) for one in messages if one.is_telling)
    return (*told, *map(_not_certain, phrases)) if messages else phrases


def _not_certain(said: Said) -> Said:
    """What people observed stands for itself."""
    is_around = said.where == "said" and said.confidence is Confidence.CERTAIN
    return replace(said, confidence=Confidence.LIKELY) if is_around else said
