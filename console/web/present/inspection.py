"""What a paste was, each token in it, and each exchange in it that failed."""

from typing import Any

from console.core.diagnosis import explain
from console.core.evidence import Evidence
from console.core.inspection import Inspected
from console.core.json.shown import cut, shown_json
from console.core.json.text import plain
from console.core.paste.recognise import RecognisedPaste
from console.core.tokens.signature import SignatureState
from console.core.tokens.size import is_ordinary
from console.core.tokens.timeline import Clock
from console.core.tokens.token import Token, TokenKind
from console.services.decrypting import Decryption, encrypted_in
from console.services.inspection import Inspection
from console.web.present import words
from console.web.present.copies import copies_view
from console.web.present.findings import checks_of
from console.web.present.found_exchanges import exchanges_view
from console.web.present.hand_on import case_fields, hand_on_view
from console.web.present.home_of_token import home_view
from console.web.present.lifetime import lifetime_view
from console.web.present.size import ordinary_size_view, size_view
from console.web.present.tokens import READABLE, token_view
from console.web.present.who import ANYBODY, Reader

TRAVEL_S = 5  # seconds, as in clock.js
MAX_SHOWN = 20  # tokens that one page shows; the command lists all
KINDS = {
    "jws": "Signed token (JWS)",
    "unsecured": "Unsecured token (alg none)",
    "jwe": "Encrypted token (JWE)",
    "opaque": "Opaque token",
    "decoded": "Decoded token (claims without a signature)",
    "saml": "SAML message",
    "paseto": "PASETO token",
    "token_response": "Token response",
    "token_error": "Token error",
    "curl": "A command that sends a request",
    "har": "HAR file",
    "http_message": "HTTP exchange",
    "gateway_trace": "Log or trace",
    "www_authenticate": "Challenge (WWW-Authenticate)",
    "cookie": "Cookies",
    "url": "URL",
    "web_page": "Web page",
    "document": "A document, and no token",
    "policy": "Gateway policy",
    "secret": "A secret",
    "private_key": "A private key",
    "empty": "Nothing was pasted",
    "too_large": "Too large",
    "multiple": "Several tokens",
    "unknown": "Not recognised",
}


def inspection_view(
    found: Inspection,
    *,
    remarks: tuple[str, ...] = (),
    browser_offset_s: int | None = None,
    reader: Reader = ANYBODY,
    unfolds_later: bool = False,
) -> dict[str, Any]:
    """What the page's result needs. `remarks` are sentences on the form; `browser_offset_s` is None when unknown.

    `reader` is to whom failed exchanges are explained. `unfolds_later`: what is folded, and rests on the token alone,
    is asked for as it is opened (templatetags/folds.py).
    """
    pasted = found.pasted
    clocks = _clocks(browser_offset_s)
    return {
        "kind": pasted.kind.value,
        "title": _title(pasted),
        "is_sensitive": pasted.is_sensitive,
        "notes": () if pasted.is_sensitive else (*pasted.notes, *remarks, *_on_keys(found), *_left_out(found)),
        "warnings": pasted.notes if pasted.is_sensitive else (),
        "policy": None if pasted.is_sensitive else policy_view(pasted),
        "judged_by": found.measure.demands.title if found.is_judged else "",
        "home": None if pasted.is_sensitive else home_view(found),
        "can_fetch": _needs_keys(found) and found.measure.keyset is None and found.measure.source.startswith("http"),
        "decryption": _decryption(found.decryption),
        "asks_key": encrypted_in(found.root) is not None,
        "items": [
            _token(item, number, found, clocks, unfolds_later=unfolds_later)
            for number, item in enumerate(found.items[:MAX_SHOWN])
        ],
        "token_hand_on": _token_handed_on(found),
        **exchanges_view(found, reader),
    }


def policy_view(pasted: RecognisedPaste) -> dict[str, str] | None:
    """The pasted policy, with the first token beside it, as the form of the page Policy takes them; None without."""
    if not pasted.policy:
        return None
    token = next((one.text for one in pasted.tokens if one.kind in READABLE), "")
    return {"text": pasted.policy, "token": token, "button": f"Judge {'the token' if token else 'a token'} by it"}


def _title(pasted: RecognisedPaste) -> str:
    title = KINDS.get(pasted.kind.value, pasted.kind.value.replace("_", " ").capitalize())
    return f"{title}, and a gateway policy" if pasted.policy and pasted.items else title


def _clocks(browser_offset_s: int | None) -> tuple[Clock, ...]:
    """The browser's clock; what it differs by up to a few seconds is the time the form travelled."""
    if browser_offset_s is None:
        return ()
    return (Clock("The browser", browser_offset_s if abs(browser_offset_s) > TRAVEL_S else 0),)


def _token(
    item: Inspected, number: int, found: Inspection, clocks: tuple[Clock, ...], *, unfolds_later: bool
) -> dict[str, Any]:
    token = item.token
    assert token is not None  # noqa: S101 (items are the nodes with a token)
    unfolds_later = unfolds_later and _can_be_asked_with(token)
    checks_later = unfolds_later and found.measure.is_nothing
    judge = _judge(found)
    shown = token_view(token, item.signature, item.findings, api_name=judge, now=found.now, hides_signature=False)
    verdict = shown["verdict"]
    title = verdict["title"]
    more = {
        "findings": checks_of(token, item.findings, api_name=judge, unfolds_later=checks_later),
        "checked_at": found.now if checks_later else None,
        "lifetime": lifetime_view(token, found.now, leeway_s=found.measure.expectation.leeway_s, clocks=clocks),
        "verdict": verdict if found.api else {**verdict, "title": title[:1].upper() + title[1:]},
        # Of one token the notes of the paste tell what was cleaned.
        "notes": (*(token.notes if len(found.items) > 1 else ()), *shown["row_notes"]),
    }
    folded = _folded(token, number, found, item, unfolds_later=unfolds_later)
    return {**shown, **more, **folded, "key": _key(number), "label": item.label}


def _key(number: int) -> str:
    """Makes the ids of a token's panels unique: "-1" for the second of a page."""
    return f"-{number}" if number else ""


def _folded(token: Token, number: int, found: Inspection, item: Inspected, *, unfolds_later: bool) -> dict[str, Any]:
    """What is only looked up: the size of each part, and the token in other forms; `asks_with` is what for later."""
    if unfolds_later:
        return {"asks_with": token.text, "measured": ordinary_size_view(token)}
    return {
        "measured": size_view(token) if token.kind in READABLE else None,
        "copies": copies_view(token, found.pseudonymised(item), key=_key(number)),
    }


def _can_be_asked_with(token: Token) -> bool:
    """Whether a browser sends it back letter for letter, which it might not of a broken one; and it is not large."""
    can_travel = token.text.isascii() and token.text.isprintable()
    return token.kind in READABLE and can_travel and is_ordinary(token)


def _judge(found: Inspection) -> str:
    """Who would accept or refuse; "" when nothing was demanded, or nothing by an API."""
    demands = found.measure.demands
    if not found.is_judged or demands.is_of_client:
        return ""
    if demands.api is not None:
        return demands.api.name
    return f"the API of {demands.profile.name}" if demands.profile is not None else "the API you described"


def _needs_keys(found: Inspection) -> bool:
    """Not for what came decoded alone: there is nothing to verify."""
    kinds = {item.token.kind for item in found.items if item.token is not None}
    return kinds != {TokenKind.DECODED}


def _on_keys(found: Inspection) -> tuple[str, ...]:
    """Where the keys came from, or why there are none."""
    measure = found.measure
    if not _needs_keys(found):
        return ()
    if measure.keyset is None:
        return (*measure.notes, *filter(None, (measure.problem,)))
    when = f", fetched {words.exact(measure.fetched_at)}" if measure.fetched_at is not None else ""
    return (f"Signing keys: {measure.source}{when}.", *measure.notes)


def _decryption(found: Decryption | None) -> dict[str, Any] | None:
    """What came of the key: `text` is the content when it is no token, JSON indented."""
    if found is None:
        return None
    text, form = shown_json(found.claims) if found.claims is not None else (cut(found.text), "")
    return {"problem": found.problem, "notes": [*found.notes, *filter(None, (form,))], "text": text}


def _token_handed_on(found: Inspection) -> dict[str, Any] | None:
    """The first token as evidence, where no exchange tells more; None without one whose claims can be read."""
    item = next((one for one in found.items if one.claims is not None), None)
    if item is None or found.exchanges or found.pasted.is_sensitive:
        return None
    expectation = found.measure.expectation
    evidence = Evidence(
        token_header=plain(item.header),
        token_claims=plain(item.claims),
        signature=None if item.signature.state is SignatureState.NOT_CHECKED else item.signature.state.value,
        expectations=expectation if found.is_judged else None,
        now=found.now,
    )
    # Nothing to explain, yet somebody may want to hand it on; nor is an excerpt explained by what it leaves out.
    if (not found.is_judged and not item.is_faulty) or (item.token is not None and item.token.is_excerpt):
        return {"case": case_fields(evidence, title=_TOKEN), "slug": "token", "ticket": "", "id": ""}
    return hand_on_view(evidence, explain(evidence), key="-token", title=_TOKEN)


_TOKEN = "A token that was pasted"


def _left_out(found: Inspection) -> list[str]:
    """What the page does not show of a long list."""
    notes = []
    if len(found.items) > MAX_SHOWN:
        notes.append(f"Only the first {MAX_SHOWN} of {len(found.items):,} tokens are shown here.")
    return notes
