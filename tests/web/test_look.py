"""Templates, styles and scripts keep what the Content-Security-Policy and WCAG 2.2 AA demand."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
COLOURS = dict(
    re.findall(r"(--[a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", (ROOT / "static/css/tokens.css").read_text())
)
TEXT_ON = [
    *(
        (ink, paper)
        for ink in ("--text", "--muted", "--accent")
        for paper in ("--bg", "--surface", "--sunken", "--accent-bg")
    ),
    *((f"--{tone}", paper) for tone in ("pass", "notice", "warn", "fail") for paper in ("--surface", "--bg")),
    *(("--surface", f"--{tone}") for tone in ("pass", "notice", "warn", "fail")),
    *((f"--{tone}", f"--{tone}-bg") for tone in ("pass", "notice", "warn", "fail")),
    *((ink, f"--{tone}-bg") for tone in ("pass", "notice", "warn", "fail") for ink in ("--text", "--muted")),
    *((f"--part-{part}", "--surface") for part in ("header", "payload", "signature")),
    ("--accent-ink", "--accent"),
]
EDGES_ON = [("--control-line", paper) for paper in ("--surface", "--bg", "--sunken")]


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_colours_that_meet_can_be_told_apart() -> None:
    pairs = [*((ink, paper, 4.5) for ink, paper in TEXT_ON), *((line, paper, 3.0) for line, paper in EDGES_ON)]
    schemes = {
        "light": {name: colours.split(", ")[0] for name, colours in COLOURS.items()},
        "dark": {name: colours.split(", ")[1] for name, colours in COLOURS.items()},
    }
    alike = [
        f"{scheme}: {one} on {other}"
        for scheme, colour in schemes.items()
        for one, other, least in pairs
        if _contrast(colour[one], colour[other]) < least
    ]
    assert alike == []


def test_every_block_of_the_styles_is_closed_before_the_next_begins() -> None:
    """Nesting hides a block left open: what follows then counts inside it alone, and no browser complains."""
    left_open = []
    for path in STYLES:
        depth = 0
        for line in re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), path.read_text(), flags=re.S).split(
            "\n"
        ):
            if depth and line and line[0] in ".#:*@abcdefghijklmnopqrstuvwxyz[":
                left_open.append(f"{path.name}: {line}")
            depth += line.count("{") - line.count("}")
        left_open += [f"{path.name}: its end"] * (depth != 0)
    assert left_open == []


def _found(pattern: str, files: list[Path]) -> list[tuple[str, str]]:
    """Each place where a pattern stands: (file, what stands there)."""
    return [(path.name, found) for path in files for found in re.findall(pattern, path.read_text(), re.DOTALL)]


def test_a_template_holds_no_inline_style_script_or_handler() -> None:
    assert len(TEMPLATES) > 100
    assert _found(r"\sstyle=|<style|\son[a-z]+=|\shx-on|javascript:", TEMPLATES) == []
    scripts = _found(r"<script[^>]*>.*?</script>", TEMPLATES)
    loaded = r"<script[^>]*src=[^>]*>\s*</script>"
    data = r'<script(?![^>]*src=)[^>]*type="application/json"[^>]*>.*'
    assert [one for one in scripts if not re.fullmatch(f"{loaded}|{data}", one[1], re.DOTALL)] == []


def test_a_form_whose_answer_stands_below_it_leads_there_without_scripts_too() -> None:
    forms = [
        (path, form)
        for path in TEMPLATES
        if path.parent.name != "triage"  # its answer stands above the form, where a new page begins
        for form in re.findall(r"<form [^>]*?>", path.read_text().replace("%}", "%)"))
        if 'hx-target="#result"' in form
    ]
    assert len(forms) > 2
    assert [str(path) for path, form in forms if not re.search(r' action="[^"]*#result"', form)] == []


def test_nothing_but_the_qr_code_of_the_server_is_trusted_as_markup() -> None:
    unescaped = _found(r"\{\{[^}]*\|\s*safe\b[^}]*\}\}|autoescape off", TEMPLATES)
    assert unescaped == [("activate_form.html", "{{ totp_svg|safe }}")]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_small_and_works_without_eval_or_markup_from_text(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) < 60
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", text)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_loads_nothing(path: Path) -> None:
    assert not re.search(r"url\(|@import", path.read_text())


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_has_one_declaration_per_line_and_names_parts_by_class(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert not [line for line in text.splitlines() if line.count(";") > 1 or ("{" in line and ";" in line)]
    assert not re.findall(r"^[^;]*#[\w-]+[^;]*\{", text, re.MULTILINE)


def test_text_has_five_sizes_that_follow_the_reader() -> None:
    text = "".join(path.read_text() for path in STYLES)
    sizes = re.findall(r"\bfont-size: ([^;]+);", text) + re.findall(r"\bfont: ([^;]+);", text)
    fixed = [size for size in sizes if not re.search(r"var\(--text-(xs|s|m|l|xl)\)|^inherit$|%", size)]
    assert not fixed
    assert len(re.findall(r"^  --text-\w+: ", text, re.MULTILINE)) == 5


def test_every_colour_a_style_uses_is_defined() -> None:
    text = "".join(path.read_text() for path in STYLES)
    assert set(re.findall(r"var\((--[a-z0-9-]+)", text)) <= set(re.findall(r"(--[a-z0-9-]+):", text))


def test_htmx_is_set_as_the_design_says() -> None:
    text = (ROOT / "templates/components/htmx_config.html").read_text()
    config = json.loads(re.findall(r"content='(.*?)'", text)[0])
    errors = config["responseHandling"].pop()
    assert errors == {"code": "[45]..", "swap": True, "error": True, "target": "#problem", "swapOverride": "innerHTML"}
    assert config == {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "historyRestoreAsHxRequest": False,
        "disableInheritance": True,
        "selfRequestsOnly": True,
        "reportValidityOfForms": True,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "422", "swap": True},
        ],
    }


def test_no_class_of_a_style_sheet_is_dead() -> None:
    """Each is written somewhere: in a template, in a script, or in Python that makes markup."""
    sources = [*TEMPLATES, *SCRIPTS, *sorted((ROOT / "console").rglob("*.py"))]
    words = set(re.findall(r"[\w-]+", " ".join(path.read_text() for path in sources)))
    rules = [re.sub(r"/\*.*?\*/|:\s[^;{]*;", "", path.read_text(), flags=re.DOTALL) for path in STYLES]
    classes = {name for text in rules for name in re.findall(r"\.([a-z][\w-]*)", text)}
    assert len(classes) > 150
    written_of_parts = {"now-text", *(f"phase-{number}" for number in range(1, 6))}
    assert classes - words == written_of_parts
