"""Secrets in base64 and in percent-encoding: what is decoded is looked at as a body, and hidden where it holds one."""

import base64
import binascii
import json
import re
from functools import cache
from typing import Any
from urllib.parse import unquote

import re2  # type: ignore[import-untyped]

from console.core.redaction import structure
from console.core.redaction.begun import CONTROLS, begun_pattern
from console.core.redaction.decoding import BASE64
from console.core.redaction.hide import MAX_DEPTH, Hide, Noting, mask_only
from console.core.redaction.names import MASK
from console.core.redaction.patterns import sweep, tokens_in
from console.core.redaction.scanning import runs_64, standard_64

_BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]{16,}+={0,2}")
_PERCENT_MARK = re.compile(r"%(?:25){0,4}(?:7[Bb]|3[AaCcDd]|22|5[Bb])")  # one of { : < = " [
_PERCENT_RUN = re.compile(r"(?:[A-Za-z0-9._~+!'()*,:;/@-]|%[0-9A-Fa-f]{2})++")
_TO_STANDARD = str.maketrans("-_", "+/")
_MARKS = frozenset('{=:<"')  # a text without one of them names nothing
_LEAST, _BEGUN = 16, 12  # characters of a run, and the bytes that they stand for
_LONGEST_CHARACTER = 4  # bytes in UTF-8
_OF_A_REQUEST, _OF_A_WISH = {"access_token", "id_token", "userinfo"}, {"essential", "value", "values"}
_LONGEST_REQUEST, _LONGEST_WISH = 2000, 40  # characters; no token is that short


def masked(text: str, hide: Hide = mask_only, depth: int = 0, *, is_unwrapped: bool = False) -> str:
    """The text with each such run masked; unchanged where none holds a secret. Time grows with the text only.

    `is_unwrapped`: the text was looked through, and no base64 in it begins as text.
    """
    if depth > MAX_DEPTH:
        return text
    if "%" in text and _PERCENT_MARK.search(text):
        text = _PERCENT_RUN.sub(lambda found: _percent(found[0], hide, depth), text)
    if is_unwrapped or not _may_hold_base64(text):
        return text
    return _BASE64_RUN.sub(lambda found: _base64(found[0], hide, depth), text)


def _may_hold_base64(text: str) -> bool:
    """Whether a run, or a part of one between slashes, is text that may hold a secret: where one begins as text, all
    are decoded at once, first their beginnings alone, and most are no text.
    """
    raw = text.encode("ascii", "replace")
    if _text_begun().search(raw) is None:
        return False
    runs = set(runs_64(raw, _LEAST))
    runs.update([part for run in runs if b"/" in run for part in run.split(b"/") if len(part) >= _LEAST])
    begun = _that_begin_as_text(list(runs))
    whole = BASE64.grouped(run for run in standard_64(b" ".join(begun)).split(b" ") if len(run) % 4 != 1)
    texts = (raw.rstrip(b"\0") for raw in BASE64.decoded(whole, 0)) if any(whole) else ()  # without what fills up
    return any(_may_hold(raw) for raw in texts if len(raw.translate(None, CONTROLS)) == len(raw))


@cache
def _text_begun() -> Any:
    return re2.compile(begun_pattern().encode())


def _that_begin_as_text(runs: list[bytes]) -> list[bytes]:
    """Those of which the first groups are text: a run is never shorter, and what follows shifts none of them."""
    starts = binascii.a2b_base64(standard_64(b"".join([run[:_LEAST] for run in runs])))
    return [run for at, run in enumerate(runs) if _is_begun_text(starts[at * _BEGUN : (at + 1) * _BEGUN])]


def _is_begun_text(raw: bytes) -> bool:
    """Whether bytes are text of which the last character may be cut off."""
    if len(raw.translate(None, CONTROLS)) < len(raw):
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start > len(raw) - _LONGEST_CHARACTER
    return True


def _may_hold(raw: bytes) -> bool:
    try:
        shown = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _names_or_is_token(shown)


def _names_or_is_token(shown: str) -> bool:
    return bool(shown) and (not _MARKS.isdisjoint(shown) or bool(tokens_in(shown)))


def _percent(run: str, hide: Hide, depth: int) -> str:
    if "%" not in run or _PERCENT_MARK.search(run) is None:
        return run
    shown = unquote(run)
    return hide(run, MASK) if shown != run and _holds(shown, hide, depth) else run


def _base64(run: str, hide: Hide, depth: int) -> str:
    """Whole; else its parts between slashes, as in a path."""
    if _is_secret(run, hide, depth):
        return hide(run, MASK)
    if "/" not in run:
        return run
    parts = run.split("/")
    return "/".join(hide(part, MASK) if _is_secret(part, hide, depth) else part for part in parts)


def _is_secret(run: str, hide: Hide, depth: int) -> bool:
    shown = _decoded(run)
    return _names_or_is_token(shown) and _holds(shown, hide, depth)


def _decoded(run: str) -> str:
    """The text in a run; "" for what is none."""
    plain = run.rstrip("=").translate(_TO_STANDARD)
    if len(plain) < _LEAST or len(plain) % 4 == 1:
        return ""
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4))
        shown = raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return shown if len(raw.translate(None, CONTROLS)) == len(raw) else ""


def _asks_for_claims(text: str) -> bool:
    """Whether it is a claims request (OpenID Connect Core section 5.5): it names the tokens, and holds none."""
    if len(text) > _LONGEST_REQUEST or "essential" not in text:
        return False
    try:
        asked = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if not isinstance(asked, dict) or not asked.keys() <= _OF_A_REQUEST:
        return False
    return all(isinstance(part, dict) and all(map(_is_wish, part.values())) for part in asked.values())


def _is_wish(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, dict) or not value.keys() <= _OF_A_WISH:
        return False
    several = value.get("values", [])
    wanted = [value.get("essential"), value.get("value"), *several] if isinstance(several, list) else [several]
    return all(one is None or (isinstance(one, bool | int | str) and len(str(one)) <= _LONGEST_WISH) for one in wanted)


def _holds(text: str, hide: Hide, depth: int) -> bool:
    """Whether a decoded text holds a secret, which is then told."""
    if _asks_for_claims(text):
        return False
    noting = Noting()
    shown = structure.body(text, "", noting)
    tokens = tokens_in(shown)
    is_swept = sweep(shown) != shown
    is_within = masked(shown, noting, depth + 1) != shown
    for secret in (*noting.hidden, *tokens):
        hide(secret, MASK)
    return bool(noting.hidden) or is_swept or is_within
