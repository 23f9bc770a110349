"""Which thing a clause speaks of: its own, or where a pronoun stands for it, that of the clause before it."""

import re

from console.core.diagnosis.sentences.things import THINGS
from console.core.diagnosis.sentences.words import Sentence, read_sentence, words_of

_THINGS = frozenset(THINGS) | words_of(
    "token tokens secret key keys client app application user tenant header headers request api gateway role response "
    "bearer credentials credential preflight clock proxy redirect idtoken"
)
# What has parts of which something is said: "our token has a signature, and it is invalid".
_WHOLES = words_of(
    "token tokens jwt accesstoken client app application user tenant request api gateway response bearer header headers"
)
# Of what was named before something is said: by a pronoun, or by a predicate alone. Who "says" or "returns" is another.
_PRONOUN = re.compile(
    r"^(?:(?:and|but|or|because|since|so|when|although|though|however|while|whereas|until|still|now|then) ){0,2}"
    r"(?:(?:it|that|this|they|these|those|which|who) )?"
    r"(?:'s|is|was|are|were|has|had|have|does|did|do|gets?|got|not|never|isn't|wasn't|doesn't|didn't|shows?)\b"
    r"|^(?:and |but )?its\b"
)
# As its object: "the backend never sees it", "which I did not send".
_STANDS_FOR = re.compile(
    r"\b(?:sees?|saw|sends?|sent|gets?|got|receives?|received|uses?|used|has|have|finds?|found|accepts?|accepted|rejects?"
    r"|rejected|refuses?|refused|knows?|shows?|drops?|dropped|strips?|stripped|removes?|removed|forwards?|forwarded|passes"
    r"|pass|with|without|for|of|from|on|to|in) (?:it|them)\b|[a-z] (?:it|them)$|^(?:and )?which (?:i|we)\b"
)
# "the audience of the token", "the token's audience": the same thing.
_OF = re.compile(r"\b([a-z]{2,20}) of (?:the |my |our |this |that |its |your |an? )?([a-z]{2,20})\b")
_OWNED = re.compile(r"(?<=[a-z])['’]s?(?= )")
_ELLIPSIS = re.compile(r"\b(?:is|are|was|does|do|did|has)(?:n't| not)$")
_SIGN = re.compile(r"(?<![\w+%])[+%/](?![\w+%/])")  # as a word, where people tell what a secret contains
_SIGNS = {"+": "plus", "%": "percent", "/": "slash"}
_NO_THING = words_of("one all some any most none kind type name value out because instead ahead front")


def read_clause(text: str, subject: str) -> Sentence:
    """The words of a clause; `subject` is that of the clause before it, "" without one."""
    low = text.lower().replace("’", "'")
    if "secret" in low:
        text = _SIGN.sub(lambda found: f" {_SIGNS[found[0]]} ", text)
    words = read_sentence(_OF.sub(_turned, _OWNED.sub("", text.replace("’", "'"))))
    if _ELLIPSIS.search(low):
        words = words.with_words("valid")  # "but the issuer is not": what was said before, denied
    is_meant = _PRONOUN.match(low) is not None or (_STANDS_FOR.search(low) is not None and not thing_of(words))
    return words.with_words(subject, first=True) if subject and is_meant else words


def thing_of(words: Sentence) -> str:
    """The thing that a clause speaks of: the first that is named, but that it is part of something; "" without one."""
    named = [word for word in words.text.split() if word in _THINGS]
    return next((word for word in named if word not in _WHOLES), next(iter(named), ""))


def _turned(found: re.Match[str]) -> str:
    return found[0] if found[1] in _NO_THING else f"{found[2]} {found[1]}"
