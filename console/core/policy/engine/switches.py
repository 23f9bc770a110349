"""Behaviour of the gateway that nobody has confirmed: a visible choice each, never a silent guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.core.json.text import shorten


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` completes the sentence that the switch's question begins."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Switch:
    """One open question. `default` is the likeliest reading, `source` says where that comes from."""

    name: str
    question: str
    choices: tuple[Choice, ...]
    default: str
    source: str


Switches = Mapping[str, str]

_LIBRARY = "the open-source token library behind the gateway"

SWITCHES: tuple[Switch, ...] = (
    Switch(
        "issuer-lists",
        "When a policy lists issuers beside metadata, the token's issuer must be in",
        (Choice("union", "the list or the metadata"), Choice("both", "the list and the metadata")),
        "union",
        "one observation on a real gateway; the vendor's emulator wants both",
    ),
    Switch(
        "audience-slash",
        "An audience that differs by one slash at its end",
        (Choice("forgiven", "passes"), Choice("strict", "is refused")),
        "forgiven",
        f"{_LIBRARY}; the vendor's emulator refuses it",
    ),
    Switch(
        "expiry-second",
        "At the very second of exp a token",
        (Choice("valid", "is still valid"), Choice("expired", "has expired")),
        "valid",
        f"{_LIBRARY}; the vendor's emulator counts it as expired",
    ),
    Switch(
        "bare-token",
        "An Authorization header without a scheme, where the policy requires none,",
        (Choice("accepted", "is read as the token"), Choice("refused", "counts as no token")),
        "accepted",
        "the vendor's emulator; no observation",
    ),
    Switch(
        "other-scheme",
        "An Authorization header with another scheme than Bearer, where the policy requires none,",
        (Choice("accepted", "is read for the token behind the scheme"), Choice("refused", "counts as no token")),
        "accepted",
        "the vendor's emulator; no observation",
    ),
    Switch(
        "scheme-case",
        "The scheme's letter case (bearer, Bearer)",
        (Choice("ignored", "does not matter"), Choice("exact", "must be the policy's")),
        "ignored",
        "HTTP itself and the vendor's emulator; no observation",
    ),
    Switch(
        "two-values",
        "A header or parameter that is sent twice",
        (Choice("refused", "is refused"), Choice("first", "gives its first value")),
        "refused",
        "the vendor's emulator; no observation",
    ),
    Switch(
        "template-issuer",
        "Metadata whose issuer has a placeholder for the tenant",
        (
            Choice("unknown", "may or may not be filled in: undecided"),
            Choice("expanded", "is filled in with the token's tenant"),
            Choice("literal", "is compared as it stands"),
        ),
        "unknown",
        "no source settles it",
    ),
    Switch(
        "claim-case",
        "Values of required claims",
        (Choice("exact", "are compared with their letter case"), Choice("ignored", "are compared without letter case")),
        "exact",
        "the vendor's emulator; no observation",
    ),
    Switch(
        "empty-claim",
        "A claim that is null or an empty list",
        (Choice("absent", "counts as missing"), Choice("present", "counts as present")),
        "absent",
        "the vendor's emulator; the library gives null an empty text",
    ),
    Switch(
        "duplicate-members",
        "A token in which the same member stands twice",
        (Choice("refused", "is malformed"), Choice("last", "is read with the last value")),
        "refused",
        f"the vendor's emulator; {_LIBRARY} keeps the last value",
    ),
    Switch(
        "critical-header",
        "A token whose header names critical extensions (crit)",
        (Choice("refused", "is malformed"), Choice("ignored", "is read as if it named none")),
        "refused",
        f"RFC 7515 and the vendor's emulator; {_LIBRARY} does not look at it",
    ),
    Switch(
        "claim-types",
        "A token with a registered claim of another type (a time or aud that is no number or text)",
        (Choice("refused", "is refused"), Choice("read", "is read as far as that goes")),
        "refused",
        f"the vendor's emulator and newer versions of {_LIBRARY}; older versions read a number in quotation marks",
    ),
    Switch(
        "stripped-signature",
        "A token that names an algorithm but has no signature, where the policy requires none,",
        (Choice("refused", "is refused"), Choice("accepted", "is accepted")),
        "refused",
        f"the vendor's emulator; {_LIBRARY} accepts it",
    ),
    Switch(
        "jwe-algorithms",
        "An encrypted token with an algorithm that the vendor's emulator does not take (RSA1_5, ECDH-ES ...)",
        (Choice("refused", "is refused"), Choice("unknown", "may or may not be decrypted: undecided")),
        "refused",
        "the vendor's emulator; no observation",
    ),
    Switch(
        "empty-audiences",
        "A list of audiences that is there, but empty",
        (Choice("unchecked", "leaves the audience unchecked"), Choice("refused", "refuses every token")),
        "unchecked",
        "no source settles it",
    ),
    Switch(
        "claim-trim",
        "White space around the values of a claim",
        (Choice("kept", "counts"), Choice("removed", "does not count")),
        "kept",
        "the vendor's emulator; no observation",
    ),
    Switch(
        "entra-skew",
        "validate-azure-ad-token forgives a clock that is wrong by",
        (Choice("none", "nothing"), Choice("five-minutes", "300 seconds")),
        "none",
        f"the vendor's emulator; 300 seconds are usual for {_LIBRARY}",
    ),
    Switch(
        "entra-version",
        "A token for validate-azure-ad-token that does not name its version (ver 1.0 or 2.0)",
        (Choice("issuer", "is read by the form of its issuer"), Choice("refused", "is refused")),
        "issuer",
        f"{_LIBRARY}; the vendor's emulator refuses it",
    ),
    Switch(
        "unlisted-algorithm",
        "A signature algorithm of the library that the documentation does not list (RS384, ES512 ...)",
        (Choice("accepted", "is accepted"), Choice("refused", "is refused")),
        "accepted",
        f"{_LIBRARY}; the documentation lists PS256, RS256, RS512 and ES256",
    ),
    Switch(
        "unmatched-cors",
        "A preflight from an origin that no cors policy lists",
        (Choice("empty", "is answered 200 without CORS headers"), Choice("continues", "goes on to the other policies")),
        "empty",
        "documented in two ways",
    ),
)
DEFAULTS: Switches = {switch.name: switch.default for switch in SWITCHES}


def chosen(switches: Switches, name: str) -> str:
    """The choice made for a switch; its default when none was made."""
    return switches.get(name, DEFAULTS[name])


def wrong_switch(switches: Switches) -> str:
    """Which choice is none, as the end of a sentence; "" when all are."""
    known = {switch.name: [choice.value for choice in switch.choices] for switch in SWITCHES}
    for name, value in switches.items():
        if name not in known:
            return f"there is no switch {shorten(name, 40)}"
        if value not in known[name]:
            return f"the switch {name} is one of {', '.join(known[name])}"
    return ""
