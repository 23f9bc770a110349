"""The body of an answer as a page shows it: one view of it, a part of it, and where some words stand in it."""

from typing import Any

from django.urls import reverse

from console.core.answer import hexdump, searching, tree
from console.core.answer.alphabet import text_of
from console.core.answer.file_kind import extension_of
from console.core.answer.parts import Parts
from console.core.answer.pictures import RasterPicture, picture_of
from console.core.answer.xml_indent import indented_xml, is_xml
from console.core.json.shown import indented_body
from console.services.answer_bodies import OpenBody
from console.web.present import words
from console.web.present.body_views import VIEWS

_FILES = {False: "call-body-file", True: "call-result-file"}
MAX_INDENTED = 4_000_000  # characters of a JSON text that is indented whole, to show parts of it
MAX_INDENTED_BODY = 2_000_000  # bytes before


def body_page(body: OpenBody, *, view: str, at: tree.Path, first: int, part: int) -> dict[str, Any]:
    """What body.html needs. A view that does not fit the body gives way to the one that fits best."""
    offered = _offered(body)
    chosen = view if view in offered else _best(body, offered)
    shown = _SHOWN[chosen](body, at, first, part) if chosen else {}
    return _frame(body, offered, chosen) | shown


def _frame(body: OpenBody, offered: list[str], chosen: str) -> dict[str, Any]:
    """What stands around a view."""
    return {
        "attempt_id": body.record.id,
        "title": body.record.title,
        "url": reverse("call-result" if body.is_of_work else "call-body", args=[body.record.id]),
        "heading": "Result of the work" if body.is_of_work else "Body of the answer",
        "told": body.told,
        "size": words.size(len(body.content)),
        "kind": body.content_type.partition(";")[0].strip()[:100] or "no Content-Type",
        "cut_notice": cut_notice(body.is_cut, len(body.content)),
        "view": chosen,
        "views": [{"code": code, "title": VIEWS[code]} for code in offered],
        "file_url": "" if body.told else reverse(_FILES[body.is_of_work], args=[body.record.id]),
        "is_masked": body.is_text,
        "can_search": body.is_text and not body.told,
    }


def search_page(body: OpenBody, wanted: str) -> dict[str, Any]:
    """The same with the places where `wanted` stands instead of a view."""
    text = text_of(body.content, body.content_type).text
    found, parts = searching.find(text, wanted), Parts(text)
    hits = [
        {
            "line": hit.line,
            "before": hit.before,
            "found": hit.found,
            "after": hit.after,
            "part": parts.number_at(hit.position),
        }
        for hit in found.hits
    ]
    more = f"{searching.MAX_COUNTED:,} or more" if found.count >= searching.MAX_COUNTED else f"{found.count:,}"
    places = f"{more} place{'' if found.count == 1 else 's'}"
    shown = f"; the first {len(hits)} are shown" if found.count > len(hits) else ""
    return _frame(body, _offered(body), "") | {"search": {"hits": hits, "summary": f"{places}{shown}"}}


def file_name(body: OpenBody) -> str:
    """ "answer-1f2e3d4c.json": of our own making, whatever the far side would have it called."""
    return f"answer-{body.record.id[-8:]}.{extension_of(body.content, body.content_type, is_text=body.is_text)}"


def picture(body: OpenBody) -> RasterPicture | None:
    """The picture that may be shown; None for anything else, and for one that is too large for a browser."""
    found = None if body.is_text or body.told else picture_of(body.content)
    return found if found is not None and found.is_bearable else None


def cut_notice(is_cut: bool, size_bytes: int) -> str:
    """Why the rest of an answer is not here; "" when all of it is."""
    if not is_cut:
        return ""
    return f"The answer was longer: {words.size(size_bytes)} of it came or were read, and the rest is not kept."


def _offered(body: OpenBody) -> list[str]:
    if body.told:
        return []
    if not body.is_text:
        return ["picture", "hex"] if picture(body) else ["hex"]
    is_json = body.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and not body.is_cut
    if is_json:
        return ["pretty", "tree", "raw", "hex"]
    return ["pretty", "raw", "hex"] if is_xml(body.content, body.content_type) and not body.is_cut else ["raw", "hex"]


def _best(body: OpenBody, offered: list[str]) -> str:
    """Indented where that is quick, else the tree, or as it came."""
    if not offered:
        return ""
    is_long = offered[0] == "pretty" and len(body.content) > MAX_INDENTED_BODY
    return offered[1] if is_long else offered[0]


def _pretty(body: OpenBody, at: tree.Path, first: int, part: int) -> dict[str, Any]:
    is_short, is_markup = len(body.content) <= MAX_INDENTED_BODY, is_xml(body.content, body.content_type)
    indented = ""
    if is_short and is_markup:
        indented = indented_xml(text_of(body.content, body.content_type).text, limit=MAX_INDENTED)
    elif is_short:
        indented = indented_body(body.content, limit=MAX_INDENTED)
    if indented:
        return _part(indented, part)
    told = "It is no whole JSON, or too large to be indented: this is how it came. The tree shows it level by level."
    if is_markup:
        told = "Its tags do not pair, or it is too large to be indented: this is how it came."
    return _raw(body, at, first, part) | {"notice": told}


def _raw(body: OpenBody, at: tree.Path, first: int, part: int) -> dict[str, Any]:  # noqa: ARG001
    read = text_of(body.content, body.content_type)
    told = "Some bytes are no text of its alphabet and are shown as \ufffd; Hex shows them." if read.has_strange else ""
    return _part(read.text, part) | {"notice": told}


def _part(text: str, number: int) -> dict[str, Any]:
    part = Parts(text).part(number)
    return {"text": part.text, "pager": _pager(part.number, part.count), "first_line": part.first_line}


def _hex(body: OpenBody, at: tree.Path, first: int, part: int) -> dict[str, Any]:  # noqa: ARG001
    found = hexdump.hex_part(body.content, part)
    told = "These are the bytes of the text after secrets were masked in it." if body.is_text else ""
    return {"octets": found.lines, "pager": _pager(found.number, found.count), "notice": told}


def _picture(body: OpenBody, at: tree.Path, first: int, part: int) -> dict[str, Any]:  # noqa: ARG001
    found = picture(body)
    if found is None:
        return {}
    url = reverse("call-body-picture", args=[body.record.id])
    return {"picture": {"url": url, "width": found.width, "height": found.height, "kind": found.media_type}}


def _tree(body: OpenBody, at: tree.Path, first: int, part: int) -> dict[str, Any]:  # noqa: ARG001
    read = text_of(body.content, body.content_type)
    text = body.content if read.alphabet == "utf-8" and not read.has_strange else read.text.encode()
    text = text.removeprefix(b"\xef\xbb\xbf")
    found = tree.tree_of(text, at, first)
    if found is not None:
        above = [{"at": path_text(path), "name": name} for path, name in found.above]
        return {"tree": found.root, "above": above}
    if tree.is_too_large(text):
        return {
            "notice": "It holds too many values to be made a tree. Raw shows it part by part, and so does the file."
        }
    return {"notice": "It is no whole JSON, or nested too deep, so there is no tree of it. Raw shows it as it came."}


def path_text(path: tree.Path) -> str:
    return ".".join(map(str, path))


def _pager(number: int, count: int) -> dict[str, int] | None:
    return {"number": number, "count": count, "before": number - 1, "after": number + 1} if count > 1 else None


_SHOWN = {"pretty": _pretty, "tree": _tree, "raw": _raw, "hex": _hex, "picture": _picture}
