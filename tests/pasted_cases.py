"""The evidence of real cases as one pasted text, as support would paste it, and what the diagnosis makes of it.

    python -m tests.pasted_cases FOLDER [--show]

FOLDER holds case files ({"evidence": …, "truth": …}). For each door that takes a paste the figures say how many causes
are the same, how many are left open with what is missing named, and how many are another one, certain or not.
"""

import base64
import json
import pathlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from console.core.api import Expectation
from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.evidence import Evidence
from console.core.inspection import Inspected, inspect_text

NOW = 1_767_225_600
_TIMES = re.compile(r"now(?:\s*([+-])\s*(\d+))?")


def as_pasted(evidence: dict[str, Any]) -> str:
    """One text with all that evidence holds; what has no usual form in a paste stands as "name: value"."""
    return "\n\n".join(part.strip("\n") for part in _parts(evidence) if part.strip())


def _parts(evidence: dict[str, Any]) -> Iterator[str]:
    profile = evidence.get("profile") or {}
    yield "\n".join(map(str, profile.get("observations", [])))
    token = _token(evidence)
    request, response = evidence.get("request"), evidence.get("response")
    if request:
        yield _request(request, token)
    if response:
        yield _response(response)
    if token and "<token>" not in json.dumps(request or {}):
        yield f"The token:\n{token}"
    sent = evidence.get("token_request")
    if sent:
        yield _token_request(sent)
    error = evidence.get("token_error")
    if error is not None:
        yield f"HTTP/1.1 {evidence.get('http_status', 400)}\nContent-Type: application/json\n\n{json.dumps(error)}"
    yield evidence.get("pasted") or ""
    for title in ("expectations", "profile"):
        rows = {name: value for name, value in (evidence.get(title) or {}).items() if name != "observations"}
        yield "\n".join(
            f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in rows.items()
        )
    if evidence.get("signature") in ("valid", "invalid"):
        yield f"Signature: {evidence['signature']}"
    yield evidence.get("policy_xml") or ""


def _token(evidence: dict[str, Any]) -> str:
    header, claims = evidence.get("token_header"), evidence.get("token_claims")
    if claims is None:
        return ""
    parts = (header or {"alg": "RS256", "typ": "JWT"}, {name: _moment(value) for name, value in claims.items()})
    return ".".join([*map(_encoded, parts), _encoded("no signature that anybody could check")])


def _moment(value: Any) -> Any:
    found = _TIMES.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    return NOW + int(f"{found[1] or '+'}{found[2] or 0}")


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _request(request: dict[str, Any], token: str) -> str:
    url = request.get("url", "/")
    lines = [f"{request.get('method') or 'GET'} {url} HTTP/1.1", *_header_lines(request.get("headers"))]
    text = "\n".join(lines)
    return text.replace("<token>", token) if token else text


def _response(response: dict[str, Any]) -> str:
    if response.get("failure"):
        return f"curl: (7) {response.get('detail') or response['failure']}"
    body = response.get("body")
    shown = body if isinstance(body, str) else json.dumps(body) if body is not None else ""
    return "\n".join([f"HTTP/1.1 {response.get('status')}", *_header_lines(response.get("headers")), "", shown])


def _token_request(sent: dict[str, Any]) -> str:
    body = "&".join(f"{name}={value}" for name, value in (sent.get("params") or {}).items())
    lines = [f"POST {sent.get('endpoint', '/token')} HTTP/1.1", *_header_lines(sent.get("headers"))]
    if not any(line.lower().startswith("content-type") for line in lines):
        lines.append("Content-Type: application/x-www-form-urlencoded")
    assertion = sent.get("assertion")
    told = f"\n\nclient assertion:\n{json.dumps(assertion)}" if assertion else ""
    return "\n".join([*lines, "", body]) + told


def _header_lines(headers: Any) -> list[str]:
    pairs = headers.items() if isinstance(headers, dict) else headers or []
    return [f"{name}: {one}" for name, value in pairs for one in (value if isinstance(value, list) else [value])]


def by_diagnosis(text: str, now: int = NOW) -> tuple[Diagnosis, ...]:
    return (explain(Evidence(pasted=text, now=now)),)


def by_inspection(text: str, now: int = NOW) -> tuple[Diagnosis, ...]:
    """The diagnoses of all that was found in the text, in the order of the page."""
    return tuple(_diagnoses(inspect_text(text, expectation=Expectation(), keyset=None, now=now)))


def _diagnoses(item: Inspected) -> Iterator[Diagnosis]:
    if item.diagnosis is not None:
        yield item.diagnosis
    for inner in item.items:
        yield from _diagnoses(inner)


DOORS = {"diagnose": by_diagnosis, "inspect": by_inspection}


def outcome(case: dict[str, Any], found: tuple[Diagnosis, ...]) -> tuple[str, str]:
    """(how it ended, the first cause): same, open, silent, other or "other, certain"."""
    truth = case["truth"]
    right = {truth["cause"], *truth.get("also_acceptable", [])} - {None}
    ranked = [one.primary for one in found if one.primary is not None]
    if not ranked:
        is_said = truth["cause"] is None or any(one.missing for one in found)
        return ("same" if truth["cause"] is None else "open" if is_said else "silent"), "none"
    wrong = [one for one in ranked if one.confidence == "certain" and one.cause not in right]
    if wrong:
        return "other, certain", wrong[0].cause
    return ("same" if ranked[0].cause in right else "other"), ranked[0].cause


def main() -> None:
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.json"))
    cases = [json.loads(path.read_text("utf-8")) for path in paths]
    for door, ask in DOORS.items():
        ends: Counter[str] = Counter()
        for case in cases:
            end, told = outcome(case, ask(as_pasted(case["evidence"]), case["evidence"].get("now", NOW)))
            ends[end] += 1
            if "--show" in sys.argv and end != "same":
                sys.stdout.write(f"{door} {case['id']}: {end}: wanted {case['truth']['cause']}, got {told}\n")
        figures = ", ".join(f"{name} {ends[name]}" for name in ("same", "open", "silent", "other", "other, certain"))
        sys.stdout.write(f"{door}: {figures} of {len(cases)}\n")


if __name__ == "__main__":
    main()
