"""The picture of a flow as SVG coordinates and words: participants, arrows, and the same as a numbered list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from console.core.flows.picture import FlowStep, Lit, Picture
from console.core.json.text import visible
from console.core.oauth.arrow import Carried, FlowMoment, Party
from console.web.present import words
from console.web.present.exchanges import elapsed_text, note, received_sections, sent_sections, status_text

HEAD, FIRST, ROW, TAIL = 44, 76, 60, 42  # pixels: names above, the first arrow, from arrow to arrow, below the last
WIDE, NARROW = 40, 12  # characters that find room on an arrow, and under a name on a phone
HOST = 24
SPOKEN = 200  # of the name that a screen reader says: an error of a far side may be of any length
TONES = {Lit.DONE: "pass", Lit.AGAIN: "notice", Lit.FAILED: "fail", Lit.NEXT: "next", Lit.WAITING: "waiting"}
BESIDE = 11.0
MARGINS = {2: 25.0, 3: 16.0, 4: 12.0}  # per cent left and right of the outer names, by how many there are
LEAST_MARGIN = 10.0
_TO_RIGHT, _TO_LEFT = "M-1 0l-9-5v10z", "M1 0l9-5v10z"


@dataclass(frozen=True, slots=True)
class FlowNames:
    """How the participants are called. `provider_url` and `api_url` give their hosts; "" where nobody knows.

    `others` are the participants of a chain: name, and what stands below it.
    """

    client: str
    provider: str = "Identity provider"
    provider_url: str = ""
    person: str = "the person"
    api: str = "the API"
    api_url: str = ""
    others: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def told(self, text: str) -> str:
        """The text of an arrow with the names in it; one that begins a sentence has a capital."""
        begins = text.startswith("{")
        for name in ("person", "client", "provider", "api"):
            text = text.replace(f"{{{name}}}", getattr(self, name))
        return _capital(text) if begins else text

    def of(self, part: str) -> tuple[str, str]:
        """Name and what stands below it."""
        return (
            self.others.get(part)
            or {
                Party.PERSON: (self.person, "browser"),
                Party.CLIENT: ("Console", f"plays {_short(self.client, HOST - 6)}"),
                Party.PROVIDER: (self.provider, _host(self.provider_url)),
                Party.API: (self.api, _host(self.api_url)),
            }[Party(part)]
        )

    def acting(self, step: FlowStep) -> str:
        """The client of a step: of a chain each link has its own."""
        source, target = step.arrow.source, step.arrow.target
        own = self.others.get(target if source.startswith(Party.PROVIDER) else source)
        return own[0] if own else self.client


def flow_view(picture: Picture, names: FlowNames, *, key: str, title: str) -> dict[str, Any]:
    """What flow.html needs. `key` makes the ids of one page unique; `title` names the picture."""
    places = _places(picture.parts)
    steps = [_step(step, names, key) for step in picture.steps]
    return {
        "key": key,
        "title": title,
        "label": f"{title}: {_summary(picture)}",
        "summary": _summary(picture),
        "tone": "fail" if picture.stopped else "notice" if picture.done < len(picture.steps) else "pass",
        "elapsed": _length(picture.elapsed_s),
        "height": FIRST + ROW * (len(steps) - 1) + TAIL,
        "head": HEAD,
        "columns": [_column(part, places[part], names) for part in picture.parts],
        "arrows": [_arrow(step, names, places, index) for index, step in enumerate(picture.steps)],
        "steps": steps,
        "has_person": any(step.arrow.carried in _OF_PERSON for step in picture.steps),
        "has_application": any(step.arrow.carried in _OF_APPLICATION for step in picture.steps),
    }


_OF_PERSON = (Carried.PERSON, Carried.PERSON_AS_CODE)
_OF_APPLICATION = (Carried.APPLICATION, Carried.APPLICATION_FOR_PERSON)


def _places(parts: tuple[str, ...]) -> dict[str, float]:
    """The column of each, in per cent of the width."""
    margin = MARGINS.get(len(parts), LEAST_MARGIN)
    gap = (100 - 2 * margin) / max(1, len(parts) - 1)
    return {part: margin + gap * index for index, part in enumerate(parts)}


def _column(part: str, place: float, names: FlowNames) -> dict[str, Any]:
    name, detail = names.of(part)
    name = _capital(name)
    return {"x": _percent(place), "name": _short(name, HOST), "lines": _two_lines(name), "detail": _short(detail, HOST)}


def _arrow(step: FlowStep, names: FlowNames, places: dict[str, float], index: int) -> dict[str, Any]:
    y, arrow = FIRST + ROW * index, step.arrow
    start, end = places[arrow.source], places[arrow.target]
    middle = (start + end) / 2 if start != end else start + BESIDE  # what one does alone stands beside its line
    who = _who(step, names)
    label = names.told(arrow.label) if not step.outcome else step.outcome
    return {
        "number": step.number,
        "mark": "✕" if step.lit is Lit.FAILED else str(step.number),
        "css": TONES[step.lit],
        "aria": _short(f"Step {step.number}: {label}. {who['text']}{who['more']}", SPOKEN),
        "y": y,
        "label_y": y - 8,
        "number_y": f"{y + 4.5:g}",
        "who_y": y + 23,
        "start": _percent(start),
        "end": _percent(end),
        "middle": _percent(middle),
        "tip": _TO_RIGHT if end > start else _TO_LEFT,
        "label": _short(label, WIDE),
        "who": {**who, "narrow": _short(who["text"], 2 * NARROW), "text": _short(who["text"], WIDE // 2)},
    }


def _who(step: FlowStep, names: FlowNames) -> dict[str, str]:
    """Who travels along this arrow: `text`, `more` where there is room, and the class that colours it."""
    if step.lit is Lit.FAILED:
        return {"text": "nobody", "more": "", "css": "failed"}
    if step.lit is Lit.WAITING:
        return {"text": "not reached", "more": "", "css": ""}
    person, client = names.person, names.acting(step)
    through = f", through {_short(client, NARROW * 2)}" if step.arrow.moment is FlowMoment.CALL else ""
    text, more, css = {
        Carried.NOBODY: ("nobody yet", "", ""),
        Carried.APPLICATION: (client, ", as itself", "who-app"),
        Carried.PERSON: (person, through, "who-user"),
        Carried.PERSON_AS_CODE: (person, ", as a code", "who-user"),
        Carried.APPLICATION_FOR_PERSON: (client, f", for {_short(person, NARROW * 2)}", "who-app"),
    }[step.arrow.carried]
    return {"text": text, "more": more, "css": css}


def _step(step: FlowStep, names: FlowNames, key: str) -> dict[str, Any]:
    arrow, exchange = step.arrow, step.exchange
    sections = []
    if exchange is not None:
        sections = received_sections(exchange) if arrow.is_answer else sent_sections(exchange)
    if step.lit is Lit.NEXT:
        sections = [{**section, "title": section["title"].removesuffix(" sent")} for section in sections]
    return {
        "id": f"{key}-{step.number}",
        "number": step.number,
        "css": TONES[step.lit],
        "is_failed": step.lit is Lit.FAILED,
        "is_reached": step.lit is not Lit.WAITING,
        "is_next": step.lit is Lit.NEXT,
        "title": names.told(arrow.title),
        # What an answer means is said of one that is as it should be.
        "text": "" if arrow.is_answer and step.lit is Lit.FAILED else names.told(arrow.text),
        "chips": _chips(step),
        "request": f"{exchange.request.method} {exchange.request.url}" if exchange and not arrow.is_answer else "",
        "note": note(exchange) if exchange and _tells_failure(step) else "",
        "what": _what(step),
        "sections": sections,
        "is_open": step.lit in (Lit.FAILED, Lit.NEXT) and bool(sections),
    }


def _what(step: FlowStep) -> str:
    if step.lit is Lit.NEXT:
        return "What will be sent"
    return "What was received" if step.arrow.is_answer else "What was sent"


def _tells_failure(step: FlowStep) -> bool:
    """Why there was no answer stands once: with the request that got none, else with the answer that broke off."""
    has_answer = step.exchange is not None and step.exchange.response is not None
    return step.arrow.is_answer is has_answer


def _chips(step: FlowStep) -> list[dict[str, str]]:
    chips = []
    if step.lit is Lit.NEXT:
        whose = "the person’s turn" if step.arrow.moment in (FlowMoment.SIGN_IN, FlowMoment.CAME_BACK) else "next"
        chips.append({"text": whose, "tone": ""})
    if step.lit is Lit.WAITING:
        chips.append({"text": "not reached", "tone": ""})
    if step.times > 1:
        chips.append({"text": f"{step.times} times", "tone": ""})
    if step.outcome:
        chips.append({"text": _short(step.outcome, WIDE), "tone": TONES[step.lit]})
    exchange = step.exchange
    if exchange is not None and step.lit is not Lit.WAITING:
        if step.arrow.is_answer:
            chips.append({"text": status_text(exchange), "tone": TONES[step.lit]})
            chips.append({"text": elapsed_text(exchange), "tone": ""})
    elif step.at is not None:
        chips.append({"text": words.exact(step.at), "tone": ""})
    return chips


def _summary(picture: Picture) -> str:
    total, stopped, turn = len(picture.steps), picture.stopped, picture.turn
    if stopped:
        return f"stopped at step {stopped.number} of {total}"
    if turn:
        return f"{picture.done} of {total} done, step {turn.number} is next"
    return f"{picture.done} of {total}"


def _length(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s" if seconds < 60 else words.span(seconds)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _percent(place: float) -> str:
    return f"{place:.4g}%"


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _short(text: str, limit: int) -> str:
    """Cut with … for the picture: the list below has the whole text."""
    shown = visible(text)
    return shown if len(shown) <= limit else f"{shown[: limit - 1].rstrip()}…"


def _two_lines(name: str) -> list[str]:
    """A name for a phone: in two lines where it has two words."""
    shown = visible(name)
    if len(shown) <= NARROW or " " not in shown:
        return [_short(shown, NARROW)]
    first, _, second = shown.partition(" ")
    return [_short(first, NARROW), _short(second, NARROW)]
