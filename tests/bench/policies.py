"""Measures gateway policies: evaluations beside one signature, repairs, the largest sample, and hostile documents.

Run it from the top of the checkout, on a quiet machine: `python -m tests.bench.policies`. It is a program, not a test:
it prints figures beside their targets and decides nothing.
"""

import sys

if sys.path[0].endswith("bench"):  # run as a file: this folder must not hide the standard library's inspect
    sys.path[0] = __file__.rpartition("tests")[0] or "."

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import jwt

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import Flow, Verdict
from console.core.policy.engine.trial import Trial
from console.core.policy.policies import validate_azure_ad_token, validate_jwt
from console.core.policy.repair import proposals
from console.core.policy.schema import problems
from console.core.policy.text.document import PolicyDocument, PolicyProblem, read_policy
from console.core.policy.token.token_of_call import present
from tests.bench.inspect import taken
from tests.core.policy.builders import NOW, key
from tests.core.policy.policy_strategies import AUDIENCES, ISSUER, METADATA, ClaimSpec, Sent, Spec, sent

TYPICAL = Spec(
    "validate-jwt",
    audiences=AUDIENCES[:2],
    issuers=(ISSUER,),
    claims=(ClaimSpec("roles", ("Orders.Read", "Orders.Write"), "any"), ClaimSpec("scp", ("orders.read",), None, " ")),
    skew=30,
    scheme="Bearer",
)
TENANTS = replace(TYPICAL, kind="validate-azure-ad-token", issuers=(), skew=None, scheme=None)
POLICIES: dict[str, Any] = {one.POLICY.name: one for one in (validate_jwt, validate_azure_ad_token)}
UNTIMED = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
LARGE_POLICIES = 400
HOSTILE_CHARACTERS = 5_000_000


def document_of(text: str) -> PolicyDocument:
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return document


def judge(document: PolicyDocument, call: Any, *, assumes_signature: bool = False) -> Any:
    return evaluate(Trial(document, call, NOW, metadata=METADATA, assumes_signature=assumes_signature))


def measure_evaluation(name: str, spec: Spec) -> None:
    document, made = document_of(spec.text()), sent(spec)
    call, token, public = made.request(), made.token(), key().public_key()
    assert judge(document, call).verdict is Verdict.ALLOW
    policy = POLICIES[spec.kind]
    rules = policy.rules_of(next(element for element in document.walk() if element.name == spec.kind))
    flow = Flow(call, METADATA, NOW, assumes_signature=True)
    checks, taking_out, logic, whole, verification = taken(
        lambda: policy.judge(rules, flow),
        lambda: present(rules.policy.source, rules.decryption_keys, flow),
        lambda: judge(document, call, assumes_signature=True),
        lambda: judge(document, call),
        lambda: jwt.decode(token, public, algorithms=["RS256"], options=UNTIMED),
        rounds=60,
    )
    # Apart, as it leaves thousands of freed objects behind, which would make whatever comes next slower.
    (reading,) = taken(lambda: read_policy(spec.text()), rounds=60)
    alone = checks - taking_out
    print(f"{name}, a token of {len(token)} bytes (microseconds of processor, best of all rounds)")
    print(f"  PyJWT, one RS256 verification           {verification:8.1f}")
    print(f"  the rules on a parsed token, unsigned   {alone:8.1f}   {alone / verification:.2f} of it (target 0.30)")
    print(f"    with taking out and parsing the token {checks:8.1f}   {checks / verification:.2f} of it")
    print(f"  the whole document, unsigned            {logic:8.1f}   {logic / verification:.2f} of it")
    print(f"  the whole document with the signature   {whole:8.1f}   {whole / verification:.2f} of it")
    print(
        f"  evaluations in a second                 {1e6 / logic:8.0f} unsigned, {1e6 / whole:.0f} with the signature"
    )
    print(f"  reading the policy's text               {reading:8.1f}")


def measure_repairs() -> None:
    document, good = document_of(TYPICAL.text()), sent(TYPICAL)
    claims = good.claims or {}
    broken = {
        "one rule": Sent({**claims, "aud": "other"}),
        "three rules": Sent({**claims, "aud": "other", "exp": NOW - 60, "roles": ["Nothing"]}),
        "no token": Sent(None),
    }
    print("Repairs of a refused call (milliseconds of processor, best of all rounds)")
    for name, call in broken.items():
        request = call.request()
        repair = partial(proposals, Trial(document, request, NOW, metadata=METADATA))
        (each,) = taken(repair, calls=1, rounds=10)
        print(f"  {name:24} {each / 1_000:8.2f}   {len(repair())} proposals")


def large_text() -> str:
    """A policy document as large as real ones become: hundreds of branches, each with a token policy."""
    lines = TYPICAL.text().splitlines()[3:-2]
    branch = ['<when condition="@(context.Request.Method == "GET")">', *lines, "</when>"]
    branches = "\n".join("\n".join(branch) for _ in range(LARGE_POLICIES))
    return f"<policies>\n<inbound>\n<choose>\n{branches}\n</choose>\n</inbound>\n</policies>"


def seconds_of(function: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    result = function()
    return time.process_time() - started, result


def measure_import() -> None:
    text = large_text()
    read_s, document = seconds_of(lambda: read_policy(text))
    assert isinstance(document, PolicyDocument), document
    checked_s, _ = seconds_of(lambda: problems(document))
    judged_s, _ = seconds_of(lambda: judge(document, sent(TYPICAL).request()))
    print(f"A document of {len(text) // 1024} KB with {LARGE_POLICIES} branches, raw quotation marks in each")
    print(f"  read {read_s:.2f} s, checked against the schemas {checked_s:.2f} s, judged {judged_s:.2f} s")


def measure_hostile() -> None:
    many = HOSTILE_CHARACTERS
    texts = {
        "brackets in an expression": '<a b="@(' + "(" * many + '" />',
        "5 MB of text, no document": "lorem ipsum " * (many // 12),
        "5 MB of start tags": "<a>" * (many // 3),
        "deeply nested, closed": "<a>" * 100_000 + "</a>" * 100_000,
        "5 MB of quotation marks": '<a b="' + '"' * many + " />",
        "5 MB of raw expressions": "<p>" + '<a b="@("<">"" + 1)" />' * (many // 24) + "</p",
        "an entity in an entity": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "9 MB, too large": "<a>" + " " * 9_000_000 + "</a>",
    }
    print("Hostile documents")
    for name, text in texts.items():
        seconds, read = seconds_of(partial(read_policy, text))
        told = f"refused as {read.code}" if isinstance(read, PolicyProblem) else "read"
        print(f"  {name:28} {seconds:6.2f} s   {told}")


def main() -> None:
    measure_evaluation("validate-jwt", TYPICAL)
    measure_evaluation("validate-azure-ad-token", TENANTS)
    measure_repairs()
    measure_import()
    measure_hostile()


if __name__ == "__main__":
    main()
