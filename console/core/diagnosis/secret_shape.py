"""What the evidence says about the shape of a client secret; never the secret itself."""

import re
from typing import Any

from console.core.compare import is_guid
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import sent_headers

_GUID_WORDS = re.compile(r"8-4-4-4-12|\bguid\b|\buuid\b|looks.like.(?:a )?guid|x{8}-x{4}", re.I)
_HIDDEN_WORDS = re.compile(r"blank|line break|newline|invisible|white ?space|quotation|trailing|leading", re.I)
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


def looks_like_id(reading: Reading) -> bool:
    """True when the configured secret has the shape of a GUID, as the id of a secret has."""
    for name in ("client_secret_shape", "secret_shape", "client_secret_format", "secret_format"):
        if _says_guid(reading.facts.get(name)):
            return True
    sent = reading.params.get("client_secret", "")
    return is_guid(sent)


def is_encoded_wrongly(reading: Reading) -> bool:
    """True when the secret has characters that need encoding and something shows that they were treated wrongly."""
    sent = (sent_headers(reading) or {}).get("authorization", "")
    if _ENCODED.search(sent) or _ENCODED.search(reading.params.get("client_secret", "")):
        return True
    contains = reading.facts.get("secret_contains")
    special = isinstance(contains, str) and any(letter in "+/&=%?# :" for letter in contains)
    return special or reading.phrase("client-secret-encoding") is not None


def has_hidden_character(reading: Reading) -> bool:
    """True when the configured secret has a blank, a line break or an invisible character in it or around it."""
    shape = reading.facts.get("client_secret_shape", reading.facts.get("secret_shape"))
    return isinstance(shape, str) and _HIDDEN_WORDS.search(shape) is not None


def _says_guid(shape: Any) -> bool:
    return isinstance(shape, str) and (is_guid(shape.strip()) or _GUID_WORDS.search(shape) is not None)
