"""The work of one diagnosis, counted as characters times the rules that look at each: never as time, so that the same
evidence always gives the same diagnosis."""

from dataclasses import dataclass
from typing import Any

import msgspec

from console.core.diagnosis.codes.phrase_table import TABLE
from console.core.diagnosis.flatten import flat
from console.core.diagnosis.pasted import MAX_PASTED
from console.core.diagnosis.said import MAX_PART
from console.core.evidence import Evidence

WORK = 60_000_000
POLICY_RULES = 40  # readers and walks over a policy's text
PASTED_RULES = 60  # readers that try a pasted text
CLAIM_RULES = 40  # checks that may look at each claim, for stated and for written demands


@dataclass(slots=True)
class WorkMeter:
    """What is left to spend, and how many of the `total` characters were `read` so far."""

    left: int = WORK
    read: int = 0
    total: int = 0

    def afford(self, size: int, *, rules: int, most: int) -> int:
        """How many characters of a text of this size are read: at most `most`, and what is left to spend on them."""
        given = min(size, most, self.left // rules)
        self.left -= given * rules
        self.read += given
        self.total += size
        return given

    def afford_whole(self, size: int, *, rules: int) -> bool:
        """Whether a text is read that makes no sense in part."""
        if size * rules > self.left:
            self.total += size
            return False
        return self.afford(size, rules=rules, most=size) == size

    @property
    def unread(self) -> str:
        """One sentence when something was left out; "" when all was read."""
        if self.read == self.total:
            return ""
        return f"The evidence was too large to read whole: {self.read:,} of {self.total:,} characters were read."


def affordable(evidence: Evidence, meter: WorkMeter) -> Evidence:
    """The evidence cut to what its diagnosis may cost; first what decides most: policy, token, answer, paste."""
    parts: dict[str, Any] = {}
    if (policy := evidence.policy_xml) and not meter.afford_whole(len(policy), rules=POLICY_RULES):
        parts["policy_xml"] = None
    claims = evidence.token_claims
    if claims is not None and not meter.afford_whole(len(flat(claims)), rules=CLAIM_RULES):
        parts["token_claims"] = parts["token_header"] = None
    response = evidence.response
    if response is not None and response.body:
        body = response.body
        given = meter.afford(len(body if isinstance(body, str) else flat(body)), rules=len(TABLE), most=MAX_PART)
        if isinstance(body, str) and given < len(body):
            parts["response"] = msgspec.structs.replace(response, body=body[:given])
    if evidence.token_error:
        meter.afford(len(flat(evidence.token_error)), rules=len(TABLE), most=MAX_PART)
    if evidence.pasted:
        given = meter.afford(len(evidence.pasted), rules=PASTED_RULES, most=MAX_PASTED)
        parts |= {"pasted": evidence.pasted[:given]} if given < len(evidence.pasted) else {}
    return msgspec.structs.replace(evidence, **parts) if parts else evidence
