"""What evidence would settle a diagnosis that is open: what exists at this place and was not given, and who has it."""

import re
from dataclasses import replace

from console.core.diagnosis.base import Missing, RankedCause
from console.core.diagnosis.gateways import gateway_of
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.suggested import suggested
from console.core.diagnosis.terms import Answerer, Basis, Confidence, Stage
from console.core.owner import Owner
from console.core.providers.advice.base import NEUTRAL, Advice, Record

C, A = Owner.INTEGRATOR, Owner.API_OWNER
_COPY = "Send it once more, and copy status line, headers and body; put *** in place of every secret and token."
ANSWER = Missing("the answer of the token endpoint", "Its error and error_description say what it refused.", _COPY, C)
ERROR_CODE = Missing(
    "the error code in the answer of the token endpoint", "Each number means one fault.", "", C
)  # fmt: skip
DESCRIPTION = Missing(
    "error_description in the answer of the token endpoint",
    "The error alone stands for several faults; the description tells them apart.",
    "It stands beside error in the JSON body of the answer.",
    C,
)
REQUEST = Missing(
    "the token request: its address, grant_type, client_id and scope, without its secret",
    "What was asked for is compared with what the answer refuses.",
    "The log of the program that sent it, or its configuration.",
    C,
)
API_ANSWER = Missing(
    "the answer of the API, with its headers",
    "Its status, WWW-Authenticate and body say who refused the call, and often why.",
    f"curl -i shows it. {_COPY}",
    C,
)
TOKEN = Missing(
    "the decoded token",
    "Issuer, audience, times and permissions are compared with what the API asks for.",
    "Paste the token under Inspect of this console: header and claims are enough, the signature may be cut off.",
    C,
)
DEMANDS = Missing(
    "what the API expects: audiences, issuers, roles or scopes", "The token is compared with it claim by claim.", "", A
)
SIGNATURE = Missing(
    "whether the signature verifies",
    "A token that was changed, or signed with another key, is refused whatever it says.",
    "Inspect of this console checks it when the whole token is pasted with the issuer’s key set (jwks_uri).",
    C,
)
TIME = Missing(
    "the time of the attempt",
    "Whether the token had begun, or had ended, depends on it.",
    "The header Date of the answer, or the time of the log line, with its time zone.",
    C,
)
SENT = Missing(
    "the request as it was sent, with its headers",
    "A header that is missing, doubled or spelled otherwise looks like a bad token from outside.",
    "curl -v, or “Copy as cURL” in the browser’s network list; put *** in place of the token.",
    C,
)
API_LOG = Missing(
    "the log of the API for this call", "The answer does not say why; what refused it wrote it down.", "", A
)
OTHER_POLICIES = Missing(
    "the other policies of the gateway, of its products and parent scopes: this one lets the call pass",
    "All of them run, and one of them refused.",
    "",
    A,
)
_LOG_LINE = re.compile(
    r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d.{0,80}?\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE)\b"
    r"|\b(?:[A-Z]+_)?LOGIN_ERROR\b|\b(?:CODE_TO_TOKEN|REFRESH_TOKEN|TOKEN_EXCHANGE)_ERROR\b"
    r"|^(?:fail|warn|info): \S|^Traceback |^[ \t]{1,40}at [\w.$<>]{1,200}\(",
    re.M,
)
_REGISTERED = re.compile(r"redirect|grant|auth_method|scopes|enabled|platform|client_type|registered|allowed", re.I)
_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b\d\d (?:[A-Z][a-z]{2}) \d{4} \d\d:\d\d|\bdate: ", re.I)
_ELSEWHERE = frozenset({Stage.SUBSCRIPTION, Stage.API})
_TOKEN = re.compile(r"(?<![\w.-])eyJ[\w-]{5,}\.[\w-]{5,}")


def missing_evidence(reading: Reading, causes: tuple[RankedCause, ...]) -> tuple[Missing, ...]:
    """What to bring; empty when a cause is found for certain or nothing is wrong."""
    if causes and causes[0].confidence is not Confidence.POSSIBLE:
        hangs_on_moment = causes[0].cause == "token-expired" and causes[0].basis is Basis.BARE
        return (TIME,) if hangs_on_moment else ()
    if reading.answer.is_success and not causes:
        return ()
    found = _of_token_request(reading) if reading.is_at_token_endpoint else _of_call(reading, _is_about_token(causes))
    return tuple(replace(one, command=suggested(one.command, reading)) for one in found)


def _of_token_request(reading: Reading) -> list[Missing]:
    advice = reading.provider.advice if reading.provider else NEUTRAL
    if reading.token_error is None and not reading.answer.failure:
        if reading.token is not None and not _passes_token_on(reading):
            return _of_token(reading, gateway_of(reading).rules)  # a token was given: it is what will be judged
        return [] if _has_answer_in_text(reading) else [ANSWER]
    if reading.codes:
        return []
    wanted = _of_answer(reading, advice)
    if reading.evidence.token_request is None:
        wanted.append(REQUEST)
    return [*wanted, *_of_provider(reading, advice)]


def _of_answer(reading: Reading, advice: Advice) -> list[Missing]:
    """What the answer has besides what was given: a number where the provider has them, a description where it writes
    one.
    """
    error = reading.token_error
    if error is None or reading.description or error.get("error_uri"):
        return []
    if advice.numbers:
        return [replace(ERROR_CODE, how=f"The {advice.numbers} in error_description.")]
    return [DESCRIPTION] if advice.describes else []


def _of_provider(reading: Reading, advice: Advice) -> list[Missing]:
    """Its own log of this request, and the client's registration there."""
    log = None if _has_log(reading) else advice.log
    why = "The answer is the same for several faults; the log tells them apart."
    found = [_recorded(log, log.what, why)] if log else []
    registered = advice.registration
    if any(map(_REGISTERED.search, reading.facts)):
        return found
    return [*found, _recorded(registered, registered.what, "It decides which of the possible faults it is.")]


def _recorded(record: Record, what: str, why: str) -> Missing:
    return Missing(what, why, record.how, record.who, record.command)


def _is_about_token(causes: tuple[RankedCause, ...]) -> bool:
    """Whether a token may decide it: nothing is suspected, or something that a token can be refused for."""
    return not causes or any(cause.stage not in _ELSEWHERE for cause in causes)


def _of_call(reading: Reading, is_about_token: bool) -> list[Missing]:
    answer, gateway = reading.answer, gateway_of(reading)
    has_answer = answer.status is not None or answer.failure or reading.said
    wanted = [] if has_answer else [API_ANSWER]
    if answer.status not in {400, 401, 403, None}:
        return wanted
    wanted += _of_token(reading, gateway.rules) if is_about_token else []
    if reading.request_headers is None:
        wanted.append(SENT)
    if answer.status is not None and reading.policy is None and not _has_log(reading):
        wanted.append(_recorded(gateway.log, API_LOG.what, API_LOG.why))
    return [*wanted, *_of_policy(reading, gateway.rules)]


def _of_token(reading: Reading, rules: Record) -> list[Missing]:
    demands = [] if _is_demand_known(reading) else [_recorded(rules, DEMANDS.what, DEMANDS.why)]
    if reading.token is None:
        return demands if _TOKEN.search(reading.evidence.pasted or "") else [TOKEN, *demands]
    wanted = demands
    if reading.evidence.signature is None:
        wanted.append(SIGNATURE)
    if (reading.now is None or not reading.is_moment_told) and not _MOMENT.search(reading.evidence.pasted or ""):
        wanted.append(TIME)
    return wanted


def _passes_token_on(reading: Reading) -> bool:
    """The token is what was sent, not what came back."""
    return bool({"assertion", "subject_token", "requested_token_use"} & set(reading.params))


def _has_log(reading: Reading) -> bool:
    return _LOG_LINE.search(reading.evidence.pasted or "") is not None


def _has_answer_in_text(reading: Reading) -> bool:
    return reading.answer.status is not None and bool(reading.answer.body_text)


def _is_demand_known(reading: Reading) -> bool:
    expected = reading.expectation
    is_in_policy = reading.policy is not None and bool(reading.policy.counting_all().demands)
    return bool(expected.audiences or expected.issuers or is_in_policy)


def _of_policy(reading: Reading, rules: Record) -> list[Missing]:
    """What a policy leaves open; or that one which lets the call pass is not all that the gateway runs."""
    policy = reading.policy
    if policy is None:
        return []
    if policy.facts.verdict == "allow" and reading.answer.answered_by is Answerer.GATEWAY:
        return [_recorded(rules, OTHER_POLICIES.what, OTHER_POLICIES.why)]
    why, how = (
        "The policy compares with it, and its text does not say it.",
        "The gateway’s named values and trace show it.",
    )
    named = (f"what {one} gives at run time, which the policy leaves open" for one in policy.open_values)
    return [Missing(what, why, how, A) for what in named]
