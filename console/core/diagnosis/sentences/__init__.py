"""What a sentence says of which thing, where no known message tells it: "audience … not allowed", "key … not found".

A library that nobody has listed still speaks of the same things in the same words. A sentence is read by its words
alone, so it is never more than likely.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from console.core.diagnosis.messages.plain import lowered, plain
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.sentences.frames import unframed
from console.core.diagnosis.sentences.harmless import is_harmless, lets_in, refusing
from console.core.diagnosis.sentences.rules import SentenceRule, first_rule
from console.core.diagnosis.sentences.words import NOT, WRONG, read_sentence, words_of
from console.core.diagnosis.terms import Confidence

MOST_SENTENCES = 400  # of one text; what matters stands at its beginning
MOST_WORDS = 400  # characters of one sentence
_STATUS = re.compile(r"\W{0,3}(?:HTTP[ /][\d.]{0,3} ?)?[1-5]\d\d\b")
# What could not be had stands in the outer clause, and why in the inner one.
_TOLD_BY_TWO = frozenset({"metadata-unreachable", "metadata-url-invalid", "device-code-expired"})
_PARTS = re.compile(r"[,;()]")
_DOING = re.compile(r"\W{0,3}[A-Za-z]{3,20}ing [a-z]")  # "building client"
_CLAUSE = 3  # words that say something of something
MOST_SHOWN = 220  # characters of it that are shown
_CODED = re.compile(r"[{}]|=\"|\w=\w")
# The end of a line, of a sentence, of a value in JSON, a challenge or a log row, and of the name of an exception.
_ENDS = re.compile(
    r"\n+| ?\| ?|[.;!?](?=[\s\"')\]]|$)|[\"']\s*[:=]\s*(?=[\"'{\[])|=(?=\")|\"\s*,\s*(?=\"?[\w.-]+\"?\s*[:=])|[{}]"
    r"|(?<!\bfor)(?<!from)(?<!with)(?<!\bthe)(?<!\bof)(?<!\band)(?<!unknown)(?<!invalid),? (?=[a-z][\w.-]*=\S)"
    r"|</?(?:html|body|head|title|p|div|h[1-6]|br|hr|pre|span|a|b|center|address|li|ul|td|tr)\b[^<>\n]{0,200}>"
    r"|(?<=Error): |(?<=Exception): |(?<=Failed): |(?<=Invalid): |(?<=Expired): | ---> "
    r"|: (?=[A-Z][a-z]+[A-Z]\w*(?:Error|Exception):)"
)
_LABEL = re.compile(
    r"^[\s\"'*-]*(?:error[_ ]description|description|detail|message|msg|err|error|title|body|reason|errors?)"
    r"\"?\s*[:=]\s*"
    r"|^[\w-]+: (?=\S+$)|^(?:caused by|nested exception is|wrapped by|suppressed): ",
    re.I,
)
# The name of an exception alone says what its maker called it; a word behind it does not make it a sentence.
_NAME_ALONE = re.compile(r"(?:[\w$]{1,80}\.){0,12}[\w$]{1,80}(?:Error|Exception)(?:: \w+)?\Z")
_LEADERS = re.compile(r"(?<=\w) ?\.{4,} ?(?=\w)")  # between a thing and what is said of it: "audience ...... FAILED"
_FAULT = r"(invalid|malformed|incorrect|wrong|expired|revoked|inactive|unknown|corrupt|missing|absent|empty|null)"
_ONE_OF_TWO = re.compile(rf" {_FAULT} or (?:is |was |has |been |otherwise ){{0,3}}{_FAULT} ")
_NOT_THERE = words_of("missing absent empty null")
_LEFT_OPEN = (
    " or has expired ", " or expired ", " or is invalid ", " invalid or has ", " or not yet valid ", " expired or ",
    " or is otherwise malformed",  # what RFC 6749 section 4.1.2.1 says of every invalid_request
    " or was issued to another client ",  # section 5.2 of every invalid_grant
    " or invalid for other reasons ",  # RFC 6750 section 3.1 of every invalid_token
)  # fmt: skip


def read_sentences(text: str, *, shown: str = "", is_refused: bool = False, done: str = "") -> tuple[Said, ...]:
    """What the sentences of a text tell, each cause once, in their order; () for a text that tells nothing.

    The first tells why; what later ones tell is only possible. Vague words and single words, such as the name of an
    exception, count where no sentence tells anything. `shown`, as long as `text`, gives the words: both are plain then.
    `is_refused`: the error of a token endpoint was read, so that its answer was none that cannot be read. `done` is
    what was run or set: it tells too whether the words are about a grant.
    """
    read = text if shown else plain(text)
    shown = shown or read
    read = unframed(refusing(_LEADERS.sub(lambda found: " " * len(found[0]), read)), shown)
    meant = _meant(lowered(shown), lowered(done))
    is_let_in = lets_in(read)
    told: dict[str, Said] = {}
    vague: dict[str, Said] = {}
    names: dict[str, Said] = {}
    for start, end in _parts(read):
        sentence = _LABEL.sub("", read[start:end]).strip(" \t\"'*-")[:MOST_WORDS]
        rule = _rule(sentence)
        is_told = rule is not None and not (rule.is_vague and _goes_on(sentence, rule))
        if rule is not None and is_told and not (is_refused and rule.cause == "token-response-malformed"):
            cause = meant.get(rule.cause, rule.cause)
            confidence = Confidence.POSSIBLE if rule.is_vague else Confidence.LIKELY
            confidence = rule.confidence if cause == rule.cause and not rule.is_vague else confidence
            place = names if " " not in sentence or _NAME_ALONE.match(sentence) else vague if rule.is_vague else told
            if cause == "authorization-header-missing" and is_let_in:
                continue
            place.setdefault(cause, Said(cause, confidence, _shown(shown, start, sentence)))
    return _first_counts(told or vague or names)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand."""
    start = 0
    for end in islice(_ENDS.finditer(text), MOST_SENTENCES):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _shown(text: str, at: int, sentence: str) -> str:
    """The line of a sentence where it is short and plain text, else the sentence."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = _LABEL.sub("", text[start : end if end >= 0 else len(text)]).strip()
    return sentence[:MOST_SHOWN] if len(line) > MOST_SHOWN or _CODED.search(line) else line


def _first_counts(told: dict[str, Said]) -> tuple[Said, ...]:
    exact = [said for said in told.values() if not _MORE_EXACT.get(said.cause, frozenset()) & told.keys()]
    return (*exact[:1], *(replace(said, confidence=Confidence.POSSIBLE) for said in exact[1:]))


# What is printed beside the exact reason, and says less than it.
_ANY_TOKEN = frozenset({
    "token-expired", "audience-other-api", "issuer-wrong-tenant", "clock-skew", "signature-invalid",
    "jwks-wrong-source", "signing-algorithm-mismatch", "metadata-unreachable", "metadata-url-invalid",
    "claim-name-mismatch", "id-token-used", "issuer-spelling-mismatch", "scope-missing", "role-insufficient",
    "opaque-token", "token-malformed", "jwks-key-use-invalid", "client-not-allowed",
})  # fmt: skip
_MORE_EXACT = {
    "metadata-unreachable": frozenset({"issuer-spelling-mismatch", "issuer-wrong-tenant", "metadata-url-invalid"}),
    "signature-invalid": frozenset({"jwks-wrong-source", "signing-algorithm-mismatch", "token-malformed"}),
    "token-malformed": frozenset({"token-expired", "audience-other-api", "issuer-wrong-tenant"}),
    "token-expired": frozenset({"refresh-token-expired", "refresh-token-reused"}),  # it was to be renewed
    "authorization-header-missing": _ANY_TOKEN,
    "claim-name-mismatch": frozenset({"audience-other-api", "issuer-wrong-tenant", "clock-skew", "token-expired"}),
}
# In the proof of a client the same words are about its assertion, and in a grant about what it hands in.
_OF_THE_CLIENT = {
    "audience-other-api": "assertion-audience-wrong",
    "token-expired": "assertion-lifetime-invalid",
    "signature-invalid": "certificate-not-registered",
    "jwks-wrong-source": "certificate-not-registered",
    "issuer-wrong-tenant": "assertion-issuer-wrong",
    "metadata-unreachable": "certificate-not-registered",
    "refresh-token-reused": "assertion-replayed",
}
# The same of an assertion that is the grant itself (RFC 7523 section 3.1: it is refused with invalid_grant).
_OF_THE_GRANT = {
    "token-expired": "refresh-token-expired",
    "audience-other-api": "assertion-audience-wrong",
    "issuer-wrong-tenant": "assertion-issuer-wrong",
    "jwks-wrong-source": "certificate-not-registered",
}
_OF_THE_SUBJECT = {"audience-other-api": "obo-assertion-wrong-audience"}
_OF_THE_REQUEST = {"audience-other-api": "resource-not-found"}
_OF_THE_SCOPE = {"role-insufficient": "scope-missing"}
# Codes that any refusal carries (RFC 6749 section 5.2, RFC 6750 section 3.1).
_CODES = frozenset({
    "invalid_token", "invalid_request", "invalid_client", "invalid_grant", "access_denied", "unauthorized",
    "invalid_scope", "expired_token", "authorization_pending",
})  # fmt: skip
# What a web server is told to do, one of many listed values, and where a program was when it failed.
_NOISE = (
    re.compile(r"(?:RequestHeader|proxy_set_header|http-request) "),
    re.compile(r"[\w.-]{1,60}[\"']\s{0,9}:\s{0,9}(?:null|true|false|\d{1,9}),?\Z"),  # its first mark is taken off
    re.compile(r"[\w.-]{1,60}=\(?(?:null|nil|none|undefined|true|false|\d{1,9})\)?,?\Z", re.IGNORECASE),
    re.compile(r"#\d{1,3} {1,8}[^\n]{1,300}(?:\(package:|\.php\(\d|\.dart:\d|<anonymous)"),
    re.compile(r"(?:[\dTZ:.-]{8,40} )?at (?:async |new )?[\w$.<>/@`+\[\]-]{2,200}(?: \[as \w{1,60}\])?(?: ?\(|:\d)"),
)
# Beside other words too: "Unhandled rejection access_denied", "token exchange error: invalid_client".
_CODE_OF_A_REFUSAL = re.compile(r"\b(?:access_denied|invalid_client|unauthorized_client)\b")
_REASON_BEHIND = re.compile(
    r" \(([A-Z][a-z]{1,30}(?:[A-Z][a-z]{1,30}){1,5})\)?\W{0,3}\Z"
)  # "… failed (InvalidSignature)"
_WENT_WELL = words_of("successfully succeeded successful allowing matched")
_EITHER = frozenset({
    "token-expired", "clock-skew", "authorization-header-missing", "token-malformed", "claim-name-mismatch",
    "request-parameter-missing", "redirect-uri-mismatch",
})  # fmt: skip
_OF_DIAGNOSTICS = 'category="invalid_client"'  # in x-ms-diagnostics an API says it of any token
_OF_ANY_CLIENT = " included or unsupported "  # what RFC 6749 section 5.2 says of every invalid_client
_GRANT_MARKS = ("invalid_grant", "jwt-bearer", "login jwt", "jwt bearer flow", "auth:jwt:grant")
_CLIENT_MARKS = ("invalid_client", "assertion", "client authentication")


def _meant(text: str, done: str) -> dict[str, str]:
    text = text.replace(_OF_DIAGNOSTICS, "")
    if "subject_token" in text or "subject token" in text:
        return _OF_THE_SUBJECT
    if any(mark in text for mark in _CLIENT_MARKS):
        return _OF_THE_CLIENT
    if "insufficient_scope" in text:
        return _OF_THE_SCOPE
    if "invalid_request" in text or "invalid_target" in text:
        return _OF_THE_REQUEST
    return _OF_THE_GRANT if any(mark in text or mark in done for mark in _GRANT_MARKS) else {}


def _goes_on(sentence: str, rule: SentenceRule) -> bool:
    """Whether a vague word is only the heading of what stands behind a colon: "Invalid token: … password is wrong"."""
    heading, _, rest = sentence.rpartition(": ")
    return sentence.endswith(":") or (bool(heading) and " " in rest and _rule(rest) is not rule)


def _is_either(text: str) -> bool:
    """Whether it says that one of several is so: "missing or malformed"; "null or empty" is the same twice."""
    two = _ONE_OF_TWO.search(text)
    return any(mark in text for mark in _LEFT_OPEN) or (two is not None and not set(two.groups()) <= _NOT_THERE)


def _of_one_clause(rule: SentenceRule | None, text: str) -> SentenceRule | None:
    """The rule where one clause, or a thing and what is said of it, tells it: "failed to make the client: no provider
    found" says nothing of the client. Else that of the innermost clause that tells something.
    """
    if rule is not None and rule.cause == "authorization-header-missing" and not _is_said_at_once(rule, text):
        return None
    clauses = _clauses(text)
    if rule is None or len(clauses) == 1 or rule.cause in _TOLD_BY_TWO:
        return rule
    read = [read_sentence(clause) for clause in clauses]
    # That a server could not be reached is why only where nothing behind says that it answered.
    decisive = read[-1:] if rule.cause == "connection-blocked" else read
    if any(rule.fits(words) for words in decisive):
        return rule
    told = (found for words in reversed(read) if (found := first_rule(words)))
    return next((found for found in told if found.cause != "connection-blocked"), None)


def _is_said_at_once(rule: SentenceRule, text: str) -> bool:
    """Whether what is missing stands by the thing: "valid token, but no publisher was found" lacks no token."""
    return any(
        rule.fits(read_sentence(part)) for part in (text, *_PARTS.split(text))[_PARTS.search(text) is not None :]
    )


def _clauses(text: str) -> list[str]:
    """What stands between colons; a name or a status goes with the clause before it, or heads the first."""
    clauses: list[str] = []
    for part in text.split(": "):
        if clauses and not (_is_clause(part) and _is_clause(clauses[-1])):
            clauses[-1] += f": {part}"
        else:
            clauses.append(part)
    return clauses


def _is_clause(text: str) -> bool:
    """Whether it may say something of something, or what was being done: a name, or a status line, does not."""
    return (text.count(" ") >= _CLAUSE - 1 and _STATUS.match(text) is None) or _DOING.match(text) is not None


def _rule(sentence: str) -> SentenceRule | None:
    if len(sentence) < 4 or sentence.lower() in _CODES or any(noise.match(sentence) for noise in _NOISE):
        return None
    if is_harmless(sentence):
        return None
    if (inner := _REASON_BEHIND.search(sentence)) and (exact := _rule(inner[1])):
        return exact
    text = _CODE_OF_A_REFUSAL.sub(" ", sentence)
    words = read_sentence(text)
    is_well = words.all & _WENT_WELL and not words.all & (NOT | WRONG)
    if (
        is_well
        or words.text.startswith(" if ")
        or any(words.has(said) for said in ("no_error", "no_errors", "not_implemented"))
    ):
        return None
    rule = _of_one_clause(first_rule(words), text)
    is_open = rule is not None and rule.cause in _EITHER and _is_either(words.text)
    is_open = is_open or _OF_ANY_CLIENT in words.text
    return _handed_on(text) if is_open else rule


def _handed_on(text: str) -> SentenceRule | None:
    """Of a sentence that leaves open which of two it is, the rule of what it hands on behind a colon."""
    _, _, rest = text.rpartition(": ")
    return _rule(rest) if _is_clause(rest) and rest != text else None
