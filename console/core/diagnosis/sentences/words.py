"""The words of one sentence under one name for each thing, and what they say of it: wrong, missing, over, too early.

Libraries write the same in many ways: "aud", "audiences" and "recipient", "InvalidAudience" and "invalid_audience".
"""

import re
from functools import cached_property, lru_cache

from console.core.diagnosis.sentences.things import THINGS


@lru_cache(maxsize=1)
def _names_by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The names of things by their first word, the longest first."""
    names = ((tuple(one.split()), name) for name, listed in THINGS.items() for one in listed.split("|"))
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, name in sorted(names, key=lambda pair: -len(pair[0])):
        found.setdefault(words[0], []).append((words, name))
    return found


_NO_PROSE = r"(?![^\[\]]{0,80}\b[a-z]{3,20} [a-z]{3,20} [a-z]{3,20}\b)"
_BRACKETS = re.compile(
    rf"\[(?![\"']|(?:invalid|unsupported|unauthorized|insufficient)_){_NO_PROSE}[^\[\]]{{0,60}}[:./][^\[\]]{{0,60}}\]"
)  # what logs put around the name of a logger or a thread, and around no sentence
_HEAD = re.compile(
    rf"\A(?:\[{_NO_PROSE}[^\[\]_\"']{{0,80}}\] ?){{1,8}}|(?:\[{_NO_PROSE}[^\[\]_\"']{{0,80}}\]){{2,8}}"
)  # moment, level, thread and logger before what is said
# A part of a program, and an interface: AnonymousAuthenticationFilter, IRequestSizeLimitMetadata.
_PART = re.compile(
    r"\W{0,3}(?:[A-Za-z_$][\w$]{0,60}\.){0,12}(?:\w{0,60}[a-z](?:Filters?|Handler|Middleware|Provider|Converter|"
    r"EntryPoint|Interceptor|Manager|Repository|Controller|Matcher|Strategy)|I[A-Z][a-z]+[A-Z]\w{2,60})\W{0,3}$"
)
_THREAD = re.compile(r"\W{0,2}[A-Za-z][\w.]{0,60}-\d{1,4}-\d{1,4}\W{0,2}$")  # pGroup-1-4
_PATH = re.compile(r"\W{0,3}\w{1,60}(?:\.\w{1,60}){1,8}\[[\w-]{1,60}\]\W{0,3}$")  # request.auth.claims[iss]
_PACKAGE = re.compile(r"^\W{0,3}(?:[A-Za-z_$][\w$]{0,60}\.){1,12}(?=\w{0,80}(?:Error|Exception)\b)")
_QUALIFIED = re.compile(
    r"^\W{0,3}(?:[A-Za-z_$][\w$]{0,60}\.){2,12}\w{1,80}\W{0,4}$|^\W{0,3}[\w./-]{1,120}\.(?:go|py|ts|js|java|lua|cs|php|rb|c)\b"
)
_FUNCTION = re.compile(r"\W{0,2}[\w.:]{1,80}\(\)\W{0,2}$")  # "verify_https_client():"
_OPTION = re.compile(r"\W{0,3}(?:--?|\?)[a-z][\w-]{0,60}=")  # what the caller wrote in a command or a query
_METHOD = re.compile(r"\w{1,120}\((?:[A-Za-z_$][\w$]{0,60}\.){2,12}\w{1,80}\)")  # of a class, as tests are named
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4,12}){1,4}|^TLS[v_]")
_BRANDS = re.compile(r"OAuth|OpenID|GitHub|JWTs|DPoP")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_|(?<=[A-Za-z])\+(?=\w)")
# What is not known is the error itself; an assertion of a program is none of a client.
_OF_NOTHING = re.compile(
    r"\bunknown(?! (?:host|issuer|audience|client|key|kid|tenant|algorithm)\b)"
    r"(?= (?:[a-z]+ ){0,2}(?:error|failure|exception|reason|cause|problem|issue)\b)"
    r"|\bassertion error\b|\berr assertion\b"
)
# Whoever fetches a token is its client: what fails there is no header of a call.
_FETCHED = re.compile(
    r"\b(?:(?:get|fetch|retriev|obtain|acquir|resolv)(?:e|t?ing|ed)?|requesting|not request) (?:an? |the |new ){0,2}"
    r"(?:oauth2? )?"
    r"(?:access |id )?tokens?\b(?! from (?:the )?(?:header|request|authorization|cookie|query))"
)
_WORD = re.compile(r"[a-z0-9]+|[:;,](?= )")
_BREAKS = frozenset(":;,")  # words on both sides do not stand side by side
_SHORT_FORMS = re.compile(
    r"\b(ca|could|do|does|did|is|was|are|were|has|have|had|wo|should|would|must)n['’]?t\b|\bcannot\b"
)


def words_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


NOT = words_of("not no never none without unable neither nor nothing zero")
WRONG = words_of(
    "invalid mismatch mismatched mismatches mismatching unexpected wrong incorrect incorrectly unknown "
    "untrusted unacceptable rejected "
    "unsupported disallowed unrecognized unrecognised unauthorized forbidden failed fails failure fail bad "
    "differs different differ illegal "
    "refused denied conflict conflicting inconsistent unaccepted invalidated inapplicable unsuitable blocked "
    "disabled contradicts improper inactive"
)
FITS = words_of(
    "match matches matched matching allow allows allowed accept accepts accepted valid validate validated "
    "found find verify verified verifies "
    "trusted supported support equal equals recognized recognised registered permitted permit intended "
    "contain contains included include correct "
    "known authorized authorised configured acceptable expected used usable exist exists appear listed among "
    "satisfy satisfied belong assigned "
    "correspond corresponds same one available enabled suitable applicable resolve resolved check checked "
    "compatible processed work"
)
LACKS = words_of(
    "missing absent empty null undefined lacks lacking omitted blank nil unset absence lack unspecified misses needs"
)
OVER = words_of("expired expire expires stale outdated lapsed timeout elapsed")
READS = words_of(
    "parse parsed parsing parseable decode decoded decoding decodable decoder deserialize deserialized "
    "deserialization malformed format formatted formed "
    "segments segment base64 base64url json dots dot parts part structure delimiter delimiters compact "
    "length utf8 utf syntax unparsable unparseable "
    "truncated corrupt corrupted whitespace unserialize string strings encoding encoded serialization "
    "serialized canonical padding integer number numeric character characters"
)
FETCH = words_of(
    "fetch fetching fetched retrieve retrieving retrieved retrieval load loading loaded download downloading "
    "downloaded get getting obtain obtaining "
    "obtained reach reached request requesting resolve resolved refresh refreshing contact contacting "
    "initialize initialized access accessed query querying read reading "
    "connect connecting communication response status return returned remote http update updating sync endpoint"
)
TROUBLE = (
    WRONG
    | NOT
    | words_of("error errors could timeout timed unreachable refused exception unavailable problem malformed")
)
_ABSENT = re.compile(
    r" (?:not|never|no longer|without)(?: \w+){0,2}? (?:be |been |a |an |any |the )?(?:present|provide|"
    r"provided|found|find|supply|supplied|specify|specified|given"
    r"|set|contain|included|include|received|receive|passed|pass|have|sent|send|exist|exists|there|carry|"
    r"available|include|defined|attached|detected|extracted|populated|resolved) "
    r"| must (?:be |have |contain |include |carry )(?:a |an |the )?(?:present|provided|supplied|specified|"
    r"given|set|sent|passed|included|value|non|\w+ claim)"
    r"| must not be (?:null|empty|blank)| should not be (?:null|empty|blank)| no (?:\w+ ){1,3}$"
    r"| (?:is|are|was|were|be)(?: \w+)? (?:required|mandatory|needed|expected) | (?:requires|must have|"
    r"expects|required) "
    r"| (?:no|without|need|needs|zero) (?:\w+ ){0,5}?(?:present|provided|found|supplied|specified|given|set|"
    r"received|sent|passed|available|was|were|in|for|detected|defined|attached|exists?|to) "
    r"| (?:unable|failed|could not|can not) (?:to )?(?:be )?(?:find|found|obtain|extract|get|locate|detect|"
    r"determine)"
)
_OTHERWISE = re.compile(
    r" (?:expected|expecting|expects|wanted|required|requires|allowed)(?: \w{1,40}){0,9} (?:got|received|found|actual|"
    r"was|but|instead|have|given|rather|saw) "
    r"| (?:got|received|found|actual|was|given)(?: \w{1,40}){0,9} (?:expected|wanted|required|instead|expecting|"
    r"allowed) "
    r"| (?:must|should|needs? to|has to|have to|can only|may only) (?:\w+ ){0,3}?(?:be|match|equal|contain|"
    r"correspond|start|begin|use|come) | but (?:got|was|is|has|had|found|received|expected|wanted) "
    r"| (?:did|does|do) not | only \w+(?: \w+){0,3} (?:allowed|accepted|supported|permitted) | other than |"
    r" instead of | rather than | is another | belongs to | for (?:a |an )?(?:another|different|other) "
    r"| (?:from|by) (?:a |an )?(?:another|different|other) | was issued (?:for|by|to) | is for | no match "
)
_EARLY = re.compile(
    r" (?:not yet (?:\w+ )?(?:valid|active|usable)|not valid (?:yet|before|until)|not active yet|"
    r"not (?:yet )?be valid|in the future|used (?:too early|before)|before use|too early"
    r"|before (?:its|nbf|iat|the nbf|the iat|allowed|not)|premature|immature|nbf (?:claim )?(?:is |"
    r"has )?(?:not|in the future|check failed|failed|after|greater|later|value is in)"
    r"|clock (?:skew|drift|difference)|after (?:the )?(?:current|now|present)|"
    r"greater than (?:the )?(?:current|now)|from the future|be in the past|iat check failed|future) "
)


_TO_COME = re.compile(r" expires (?:at |on |by |after |until )?\d")  # when it will be over


class Sentence:
    """One sentence as its words under their common names; `text` has a blank around each."""

    def __init__(self, words: list[str]) -> None:
        self._marked = f" {' '.join(words)} "
        words = [word for word in words if word not in _BREAKS]
        self.all = frozenset(words)
        self.text = f" {' '.join(words)} "

    def with_words(self, words: str, *, first: bool = False) -> "Sentence":
        """The same sentence with more words, at its end or at its beginning."""
        return Sentence([words, *self._marked.split()] if first else [*self._marked.split(), words])

    def has(self, term: str) -> bool:
        """Whether a word stands in it, or words side by side (`a_b`)."""
        return term in self.all if "_" not in term else f" {term.replace('_', ' ')} " in self._marked

    @cached_property
    def is_wrong(self) -> bool:
        is_said = bool(self.all & WRONG) or (bool(self.all & NOT) and bool(self.all & FITS))
        return is_said or _OTHERWISE.search(self.text) is not None

    @cached_property
    def is_missing(self) -> bool:
        return bool(self.all & LACKS) or _ABSENT.search(self.text) is not None

    @cached_property
    def is_over(self) -> bool:
        over = self.all & OVER
        is_to_come = over == {"expires"} and _TO_COME.search(self.text) is not None
        is_said = (bool(over) and not is_to_come) or any(f" {said} " in self.text for said in _PAST)
        return is_said and not any(f" {said} " in self.text for said in _LASTING)

    @cached_property
    def is_early(self) -> bool:
        return _EARLY.search(self.text) is not None

    @cached_property
    def is_unread(self) -> bool:
        """Whether something could not be taken apart."""
        return bool(self.all & READS) and (self.is_wrong or self.is_missing or bool(self.all & TROUBLE))

    @cached_property
    def is_unfetched(self) -> bool:
        return bool(self.all & FETCH) and bool(self.all & TROUBLE)


_PAST = (
    "no longer valid", "no longer active", "session not active", "in the past", "too old", "exp check failed",
    "exp claim check failed",
    "too far in the past", "earlier than current", "before current", "out of date", "exp failed", "past exp",
    "token age", "has exceeded", "exceeded max", "exp claim timestamp check failed", "exp claim invalid",
)  # fmt: skip
_LASTING = (
    "not expired",
    "will expire",
    "about to expire",
    "never expires",
    "expires in",
    "not yet expired",
    "has not expired",
)


def read_sentence(text: str) -> Sentence:
    """The words of a text in any letter case; names written together count as words."""
    if "[" in text:
        text = _BRACKETS.sub(" ", _HEAD.sub(" ", text.strip()))
    low = " ".join(_plain(token) for token in text.split() if not _is_noise(token)).lower()
    if "n" in low:
        low = _SHORT_FORMS.sub(_long_form, low)
    if "token" in low:
        low = _FETCHED.sub(" tokenfetch ", low)
    if "unknown" in low or "assertion" in low:
        low = _OF_NOTHING.sub(" ", low)
    return Sentence(_named(_WORD.findall(low)))


def _is_noise(token: str) -> bool:
    """What only looks like words: an address, a name (urn:…), a path, the name of a file, an id."""
    if "://" in token or "@" in token or token.count("/") > 1 or token.startswith("urn:"):
        return True
    if "." in token and _PACKAGE.match(token) is None and _QUALIFIED.match(token):
        return True
    if not token.islower() and _PART.match(token):
        return True
    if "[" in token and _PATH.match(token):
        return True
    if "(" in token and (_METHOD.match(token) or _FUNCTION.match(token)):
        return True
    if "=" in token and _OPTION.match(token):
        return True
    return ("-" in token or "TLS" in token) and (_ID.search(token) or _THREAD.match(token)) is not None


def _plain(token: str) -> str:
    """The words of a token that was written together."""
    if token.islower() and "_" not in token and "+" not in token:
        return token
    if "." in token:
        token = _PACKAGE.sub("", token)
    return _CAMEL.sub(" ", _BRANDS.sub(lambda found: found[0].lower(), token))


def _named(words: list[str]) -> list[str]:
    """The words with every thing under its one name."""
    known = _names_by_first_word()
    named: list[str] = []
    at = 0
    while at < len(words):
        for parts, name in known.get(words[at], ()):
            if tuple(words[at : at + len(parts)]) == parts:
                named.append(name)
                at += len(parts)
                break
        else:
            named.append(words[at])
            at += 1
    return named


def _long_form(found: re.Match[str]) -> str:
    return f"{found[1]} not" if found[1] and found[1] != "ca" else "can not"
