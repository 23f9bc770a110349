"""What people tell about when, where and for whom it works, as questions with yes or no."""

import re

from console.core.diagnosis.messages.plain import lowered
from console.core.diagnosis.observed import observations
from console.core.diagnosis.reading import Reading

MOST_CHARACTERS = 1_000  # of one sentence
_BEFORE = 12  # characters in which a sentence says that it is not so
_WORKS = (
    r"(?:works?|worked|succeeds?|succeeded|is (?:fine|accepted|answered 2\d\d)|gets? (?:a )?(?:2\d\d"
    r"|the .{0,20}answer)"
    r"|returns? 2\d\d|accepts?)"
)
_FAILS = r"(?:fails?|failed|stops?|stopped|refused|rejected|breaks?|40[13]|errors?|no longer)"
_WHILE = (
    r"(?:(?:an|one|1|the first|about an|exactly an|roughly an) hour|(?:sixty|thirty|\d{1,3}) ?min(?:ute)?s?"
    r"|\d{1,2} hours?"
    r"|a while|some time)"
)
_FOR_A_WHILE = re.compile(
    rf"{_WORKS}.{{0,60}}(?:for|during|within) {_WHILE}|first hour"
    rf"|(?:after|every|past) (?:about |roughly |exactly )?{_WHILE}.{{0,60}}{_FAILS}"
    rf"|{_FAILS}.{{0,40}}(?:after|every) (?:about |roughly |exactly )?{_WHILE}"
)
_NEW_START = r"(?:re-?start|re-?boot|re-?deploy|recycl)"
_RESTART = re.compile(
    rf"\b{_NEW_START}\w*.{{0,60}}(?:helps?|fixe[sd]|cures?|works?|fine|goes away|again|solves?)"
    rf"|(?:works?|fine|ok|gone).{{0,40}}(?:after|until|since|till) (?:a |the |every |each )?(?:next )?{_NEW_START}"
)
_MACHINES = r"(?:node|pod|instance|replica|server|host|machine|worker|container|vm)s?"
_ONE_NODE = re.compile(
    r"\b(?:only|just|always) (?:on |at |from |by )?(?:one|a single|1|this|that|the (?:second|first|new|old))"
    rf" (?:of (?:the |our )?\w+ )?{_MACHINES}\b"
    rf"|\b(?:one|1) of (?:the |our )?(?:\w+ )?{_MACHINES}\b|\bevery (?:second|third|other) (?:call|request)"
    rf"|\bonly (?:the )?(?:\w+ )?{_MACHINES}\b.{{0,20}}\b(?:started|created|running|up|old|older)\b"
)
_DECODES = re.compile(
    r"\btoken\b.{0,60}\bdecode[sd]?\b|\bdecode[sd]?\b.{0,60}\btoken\b|jwt\.(?:ms|io)\b.{0,60}(?:reads|shows|decodes)"
)
_NOT = re.compile(r"\b(?:not|never|cannot|no)\b|n't\b")
_SAME_TOKEN = re.compile(
    rf"\bsame (?:access )?token\b.{{0,100}}{_WORKS}|{_WORKS}.{{0,60}}\b(?:with|for) the same (?:access )?token\b"
    rf"|\bthe (?:access )?token\b.{{0,40}}{_WORKS}.{{0,40}}(?:elsewhere|another|other|graph explorer|postman"
    rf"|curl|locally)"
)
_OTHER_CLIENT = re.compile(
    r"\b(?:another|other|second|different|old|existing|(?:my |a )?colleague'?s) "
    rf"(?:client|app|application|consumer|registration)s?\b.{{0,100}}{_WORKS}"
)
_PLACE = r"(?:laptop|machine|workstation|computer|office|home|local|vpn|browser|localhost|desktop|company network)"
_OTHER_PLACE = re.compile(
    rf"\b(?:from|on|at|in) (?:the |a |my |our |any |another )?(?:developer'?s? )?(?:own )?{_PLACE}\b.{{0,100}}{_WORKS}"
    rf"|{_WORKS}.{{0,60}}\b(?:from|on) (?:the |a |my |our |any )?(?:own )?{_PLACE}\b"
)


_SENT_ON = re.compile(
    r"\b30[12378]\b|\bredirect\w*|\bwith (?:a |the )?(?:trailing |final )?slash\b|\bhttps(?:://)?\b.{0,60}"
    rf"{_WORKS}|\b(?:sent|sends) on to\b"
)


def sentences(reading: Reading) -> tuple[str, ...]:
    """What people observed or told, in lower case."""
    found = (*observations(reading.facts), *reading.prose.lines)
    return tuple(lowered(one[:MOST_CHARACTERS]) for one in found)


def works_for_a_while(reading: Reading) -> str:
    """The sentence that says so; "" when none does. The same for the others."""
    return _told(reading, _FOR_A_WHILE)


def restart_helps(reading: Reading) -> str:
    return _told(reading, _RESTART)


def is_on_one_node(reading: Reading) -> str:
    return _told(reading, _ONE_NODE)


def is_sent_on(reading: Reading) -> str:
    return _told(reading, _SENT_ON, unless=_NOT)


def token_decodes(reading: Reading) -> str:
    return _told(reading, _DECODES, unless=_NOT)


def same_token_works(reading: Reading) -> str:
    return _told(reading, _SAME_TOKEN, unless=_NOT)


def other_client_works(reading: Reading) -> str:
    return _told(reading, _OTHER_CLIENT, unless=_NOT)


def other_place_works(reading: Reading) -> str:
    return _told(reading, _OTHER_PLACE, unless=_NOT)


def _told(reading: Reading, pattern: re.Pattern[str], *, unless: re.Pattern[str] | None = None) -> str:
    for sentence in sentences(reading):
        found = pattern.search(sentence)
        before = max(0, found.start() - _BEFORE) if found else 0
        if found and not (unless and unless.search(sentence[before : found.end()])):
            return sentence.strip()
    return ""
