"""What a sentence says of which thing, where no known message tells it: "audience … not allowed", "key … not found".

A library that nobody has listed still speaks of the same things in the same words. A sentence is read by its words
alone, so it is never more than likely.
"""

import re

from console.core.diagnosis.messages.plain import lowered, plain
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.sentences.rules import RULES, TELLING, SentenceRule
from console.core.diagnosis.sentences.words import Sentence

MOST_SENTENCES = 400  # of one text; what matters stands at its beginning
_SENTENCE = re.compile(r"[^\n.;!?]{4,400}(?:\.(?=\w)[^\n.;!?]{0,200}){0,8}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9_']+")


def read_sentences(text: str) -> tuple[Said, ...]:
    """What the sentences of a text tell, each cause once, in their order; () for a text that tells nothing."""
    shown = plain(text)
    about = _meant(lowered(shown))
    found: dict[str, Said] = {}
    for sentence in _SENTENCE.findall(shown)[:MOST_SENTENCES]:
        rule = _first(sentence)
        cause = about.get(rule.cause, rule.cause) if rule is not None else ""
        if rule is not None and cause not in found:
            found[cause] = Said(cause, rule.confidence, sentence.strip()[:220])
    return tuple(said for said in found.values() if not _MORE_EXACT.get(said.cause, frozenset()) & found.keys())


# What is printed beside the exact reason, and says less than it.
_MORE_EXACT = {
    "signature-invalid": frozenset({"jwks-wrong-source", "signing-algorithm-mismatch", "token-malformed"}),
    "token-malformed": frozenset({"token-expired", "audience-other-api", "issuer-wrong-tenant"}),
    "authorization-header-missing": frozenset({"token-expired", "token-malformed", "clock-skew", "audience-other-api"}),
    "claim-name-mismatch": frozenset({"audience-other-api", "issuer-wrong-tenant", "clock-skew", "token-expired"}),
}
# In the proof of a client the same words are about its assertion, and in a grant about what it hands in.
_OF_THE_CLIENT = {
    "audience-other-api": "assertion-audience-wrong",
    "token-expired": "assertion-lifetime-invalid",
    "clock-skew": "assertion-lifetime-invalid",
    "signature-invalid": "certificate-not-registered",
    "jwks-wrong-source": "certificate-not-registered",
    "issuer-wrong-tenant": "assertion-issuer-wrong",
}
_OF_THE_GRANT = {"token-expired": "refresh-token-expired"}


def _meant(text: str) -> dict[str, str]:
    if any(
        mark in text for mark in ("invalid_client", "client assertion", "client_assertion", "client authentication")
    ):
        return _OF_THE_CLIENT
    return _OF_THE_GRANT if "invalid_grant" in text else {}


def _first(sentence: str) -> SentenceRule | None:
    listed = _WORD.findall(lowered(_CAMEL.sub(" ", sentence)))  # InvalidAudience says what "invalid audience" says
    words = Sentence(frozenset(listed), f" {' '.join(listed)} ")
    if not words.all & TELLING or words.says(
        "missing or invalid", "invalid or missing", "or has expired", "or expired"
    ):
        return None
    return next((rule for rule in RULES if rule.fits(words)), None)
