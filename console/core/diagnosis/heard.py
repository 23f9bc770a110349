"""What known messages mean together, and as phrases."""

from console.core.diagnosis.messages import Told
from console.core.diagnosis.phrases import Said

_OF_METADATA = frozenset({"metadata-unreachable", "metadata-url-invalid"})
_OF_NETWORK = frozenset({"connection-blocked", "call-timeout", "tls-untrusted-certificate", "proxy-intercepts"})


def outermost(messages: tuple[Told, ...]) -> tuple[Told, ...]:
    """Without the network's word that keys or metadata could not be had: that they could not is what is wrong."""
    causes = {one.message.cause for one in messages}
    if not causes & _OF_METADATA:
        return messages
    return tuple(one for one in messages if one.message.cause not in _OF_NETWORK)


def phrases_of(messages: tuple[Told, ...]) -> tuple[Said, ...]:
    """What known messages tell, in the shape of a phrase; one that alone names no cause tells none."""
    return tuple(Said(one.message.cause, one.message.decides, one.words) for one in messages if one.is_telling)
