"""A token cut over lines with a number, a prompt or a mark before each, and lines that only look like it."""

import base64
import json

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.paste.recognise import recognise
from console.core.paste.speech.line_marks import without_line_marks
from console.core.paste.speech.unwrap import unwrapped
from tests.patterns.growth import MOST, worst_growth


def packed(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


HEADER = packed({"alg": "RS256", "typ": "JWT", "kid": "quay-2031"})
CLAIMS = packed({"iss": "https://id.quay.example/", "aud": "api://boats", "exp": 1_925_000_000, "scope": "boats.read"})
SIGNATURE = base64.urlsafe_b64encode(bytes(range(256))).decode().rstrip("=")
TOKEN = f"{HEADER}.{CLAIMS}.{SIGNATURE}"
OTHER = f"{TOKEN[:-3]}abc"


def cut(width=64):
    return [TOKEN[at : at + width] for at in range(0, len(TOKEN), width)]


def marked(*marks, width=64):
    """Lines with a mark each, the last mark for all that follow; {n} in it is counted."""
    lines = cut(width)
    named = [*marks[: len(lines)], *[marks[-1]] * (len(lines) - len(marks))]
    return "\n".join(
        mark.format(n=number) + line for number, (mark, line) in enumerate(zip(named, lines, strict=True), 8)
    )


MARKED = {
    "number and colon": marked("{n}: "),
    "padded numbers": marked("{n:5}\t"),
    "numbers and a bar": marked("{n:3} | "),
    "numbers and a dot": marked("{n}. "),
    "numbers in brackets": marked("[{n}] "),
    "grep": marked("token.txt:{n}:"),
    "lines of a page": marked("L{n}: "),
    "quoting": marked("> "),
    "two levels of quoting": marked(">> "),
    "a prompt and its continuation": marked("$ ", "> "),
    "Python": marked(">>> ", "... "),
    "a comment": marked("# "),
    "another comment": marked("// "),
    "a diff": marked("+"),
    "a list": marked("- "),
    "a list with points": marked("• "),
    "a box": "\n".join(f"│ {line:64} │" for line in cut()),
    "a moment": marked("2031-01-05T10:11:12.001Z "),
    "a header": marked("8: Authorization: Bearer ", "{n}: "),
    "no number at the first": marked("access_token: ", "{n:4}  "),
    "narrow": marked("{n}: ", width=40),
}


@pytest.mark.parametrize("text", MARKED.values(), ids=MARKED)
def test_a_token_that_was_cut_over_marked_lines_is_whole_again(text):
    assert [token.text for token in recognise(text).tokens] == [TOKEN]


@pytest.mark.parametrize("text", MARKED.values(), ids=MARKED)
def test_it_is_whole_in_a_story_too_and_takes_none_of_its_words(text):
    told = f"Hi, the token is\n{text}\n\nthanks"
    assert [token.text for token in recognise(told).tokens] == [TOKEN]


def test_a_token_that_was_cut_without_marks_takes_no_word_of_the_text_around_it():
    lines = "\n".join(cut())
    assert [token.text for token in recognise(f"Hello, this it is\n\n{lines}\n\nregards").tokens] == [TOKEN]


GAPS = (1, 2, 4, 9, 11, 12, 13, 14, 15)
KEPT = {
    "two tokens": f"{TOKEN}\n{OTHER}",
    "two numbered tokens": f"1: {TOKEN}\n2: {OTHER}",
    "a whole token and a word": f"token: {TOKEN}\nthanks",
    "a whole token and a numbered word": f"1: {TOKEN}\n2: thanks",
    "the beginning of a token and a word": f"{TOKEN[:100]}\nthanks",
    "numbers with a gap": "\n".join(
        f"{at}: {line}" for at, line in zip((1, 2, 4, 9, 11, 12, 13, 14, 15), cut(), strict=False)
    ),
    "marks that differ": "\n".join(f"{'>' if at % 2 else '#'} {line}" for at, line in enumerate(cut())),
    "a token alone": "\n".join(cut()),
    "no token": "1: a line of a log\n2: another one",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_only_looks_like_it_stays(text):
    assert without_line_marks(text) == text


def test_several_tokens_stay_several():
    assert [token.text for token in recognise(f"1: {TOKEN}\n2: {OTHER}").tokens] == [TOKEN, OTHER]


GROWING = ["eyJ" + "a" * 20 + "\n", "eyJ" + "a" * 20 + ".\n", "1: eyJ" + "a" * 17 + "\n", "a" * 23 + "\n"]


@pytest.mark.parametrize("repeated", GROWING)
def test_the_time_for_many_lines_grows_no_faster_than_they_do(repeated):
    assert worst_growth(without_line_marks, "eyJ" + "a" * 20 + "\n", repeated, sizes=(250, 4_000)) < MOST


LINKED = "Error: AADSTS700[21](https://page.example/run#step:2:21)1: No matching federated identity record found"


def test_a_link_that_a_page_made_of_digits_is_the_digits():
    assert unwrapped(LINKED).startswith("Error: AADSTS700211: No")
    assert explain(read_evidence(LINKED)).primary.cause == "federated-credential-mismatch"
    assert unwrapped("see [the page](https://page.example/a)") == "see [the page](https://page.example/a)"


def test_a_frame_of_a_stack_trace_names_no_anonymous_caller():
    frames = "#2 Yard.<anonymous closure> (package:yard/src/yard.dart:21)\n#0 /yard/Boat.php(12): Yard->list()"
    assert explain(read_evidence(frames)).primary is None
    assert explain(read_evidence("401: anonymous callers are not allowed")).primary is not None
