"""What programs write while all is well: what they left out, will do one day, cleaned up, or went on without.

Such lines hold the same words as a refusal ("expired", "not match", "denied"), and refuse nothing.
"""

import re

_VERBS = r"(?:remov|clean|evict|purg|delet|prun|sweep|clear)\w*"
_HARMLESS = re.compile(
    # A filter that had nothing to do.
    r"\bdid not (?:protect|inject|store|save|match request)\b"
    r"|\bnot[ _](?:attempted|required)\b|\b(?:0|zero) (?:expired|invalid|failed|missing|revoked|errors?|failures?)\b"
    # What goes on all the same, and with what.
    r"|\bcontinuing anyway\b|\bignoring (?:this|it)\b|[,;] ignored\b|\bfalling back\b|\bdefaulting to\b"
    r"|[,;] (?:creating|starting|initiating|trying|using|refreshing|fetching|ignoring|skipping|continuing|renewing"
    r"|retrying|attempting|will retry)\b"
    r"|\b(?:makes? [^\n]{1,60}insecure|unverified https request)\b"
    # What shall be one day.
    r"|\bwill be (?:denied|rejected|removed|refused|disabled|required)\b"
    # A rule that is switched off.
    r"|\b(?:validation|verification|checking|checks?) (?:is |are |was |were )?"
    r"(?:disabled|skipped|switched off|turned off)\b"
    # How long something is to last, and what a rule allows.
    r"|\b(?:timeout|lifetime|ttl|expiry|expiration)(?: [a-z]+){0,3}(?: is| of|:|=) ?\d"
    r"(?![^\n]{0,40}(?:exceed|elaps|reach|expired|passed))|\b(?:still valid|valid for (?:another )?\d)"
    r"|\b(?:allowed|using|default|configured|permitted) (?:a )?clock[ _-]?skew\b"
    # Housekeeping.
    r"|\b(?:evicted|removed|dropped|discarded|purged|deleted) from (?:the )?(?:\w{1,20} )?cache\b"
    rf"|\b{_VERBS} (?:up )?(?:\d+ )?(?:expired|stale|inactive|invalid)\b"
    # Settings as they were read: "Cookie settings: expiry:168h refresh:disabled".
    r"|\b(?:settings|options|configuration): (?:[\w.()-]{1,40}[:=]\S* ?){3}",
    re.IGNORECASE,
)
_OUT_OF_USE = re.compile(r"\bdepr[ei]cat\w+", re.IGNORECASE)  # works still
_GONE = re.compile(r"\b(?:longer|supported|unsupported|allowed|removed|disabled|rejected|invalid|error|failed)\b", re.I)
# What a filter writes of a request that goes on: who sent no token was let in all the same.
_LET_IN = re.compile(
    r"\b(?:allowing the request|authorized request|request (?:is |was )?(?:authorized|allowed))\b", re.I
)
_COUNTED = re.compile(r"\bexpected \[?\d{3}\]? but (?:found|was|got) \[?\d{3}\]?")  # of a test
# What a database refused, or what is wrong in the program: the words are about its own things, a column "audience" say.
_OF_ITS_OWN = re.compile(
    r"(?:SQL|Sql|Jdbc|JDBC|Mongo|Redis|Hibernate|DbUpdate|Integrity|Operational|Programming|NullPointer|NullReference"
    r"|ClassCast|IndexOutOf|Attribute)\w{0,30}?(?:Exception|Error): ([^\n]{1,2000})"
)
_LOOKED = re.compile(r"\((?:looked|searched|checked|tried)\b[^()\n]{0,200}\)")  # where something was not found
_CONTEXT = re.compile(r",? client: [\w.:]{1,60}, server: [^\n]*")
# A row of an access log whose call was answered, or sent on to sign in: what it calls the answer is no refusal.
_SERVED = re.compile(
    r"^.{0,400}?\"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^\"\n]{1,2000}\" [123]\d\d\b"
    r"|^(?=[^\n]{0,4000}\"method\"\s?:\s?\"[A-Z]{3,7}\")"
    r"(?=[^\n]{0,4000}\"(?:response_code|responseCode|status|status_code|statusCode)\"\s?:\s?\"?[123]\d\d\b)"
    r"(?![^\n]{0,4000}\"(?:err(?:or)?|exception)\"\s?:\s?\"?[^\s\"])",
)
# A row whose outcome is success; who is named in it, an anonymous caller say, was served. What also names an error or
# was answered with a refusal was not.
_ERRED = re.compile(
    r"\b(?:err(?:or)?|exception)[\"']?\s{0,2}[=:]\s{0,2}[\"']?(?!null\b|none\b|nil\b)[^\s\"',}]"
    r"|\b(?:status|status_?code|response_?code)[\"']?\s{0,2}[=:]\s{0,2}[\"']?[45]\d\d\b",
    re.IGNORECASE,
)
_SUCCEEDED = re.compile(
    r"\[\w{0,20}success\]|\b(?:outcome|result|status|action_result)[\"']?\s{0,2}[=:]\s{0,2}[\"']?success\w{0,3}\b",
    re.IGNORECASE,
)
# It says when a message comes at all, or that one follows: of this attempt it says nothing.
_ONLY_THEN = re.compile(r"\W{0,3}only\b[^\n]{0,200}[\"'`][^\n]{0,200} (?:if|when) ", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"\bthe following (?:\w{1,20} )?(?:errors?|exceptions?|messages?|logs?|output|stack ?trace)\b[^:\n]*\Z", re.I
)


def is_harmless(sentence: str) -> bool:
    is_old = _OUT_OF_USE.search(sentence) is not None and _GONE.search(sentence) is None
    is_apart = _ONLY_THEN.match(sentence) is not None or _FOLLOWS.search(sentence) is not None
    return is_old or is_apart or _HARMLESS.search(sentence) is not None


def lets_in(text: str) -> bool:
    return _LET_IN.search(text) is not None


def _is_served(line: str) -> bool:
    has_succeeded = _SUCCEEDED.search(line) is not None and _ERRED.search(line) is None
    return has_succeeded or _SERVED.match(line) is not None


def refusing(text: str) -> str:
    """The text, as long as it was, with blanks in place of what tells of no refusal: the rows of an access log whose
    call was answered, and what nginx writes of the call behind each error.
    """
    text = "\n".join(" " * len(line) if _is_served(line) else line for line in text.split("\n"))
    text = _OF_ITS_OWN.sub(lambda found: found[0][: -len(found[1])] + " " * len(found[1]), text)
    text = _LOOKED.sub(lambda found: " " * len(found[0]), text)
    text = _COUNTED.sub(lambda found: " " * len(found[0]), text)
    return _CONTEXT.sub(lambda found: " " * len(found[0]), text)
