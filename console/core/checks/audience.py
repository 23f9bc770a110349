"""The token is meant for the API that will receive it.

Spec: RFC 7519 section 4.1.3. Reads: token.audiences (tuple of str, None if absent), expectation.audiences.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.wording import how_to_ask, listed
from console.core.compare import Spelling, spelled_differently
from console.core.finding import Finding, fail, passed, unknown
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    expected, actual = context.expectation.audiences, context.token.audiences
    if not expected:
        shown = list(actual) if actual else None
        return unknown("The API does not say which audience it accepts.", missing="the list of audiences", actual=shown)
    if not actual:
        return _without_audience(context, is_there=actual is not None)
    if set(actual) & set(expected):
        return passed("The token is for this API.", actual=list(actual), expected=list(expected))
    if same_api := spelled_differently(actual, expected):
        return _other_form(same_api, actual, expected)
    return fail(
        "The token is for another API.",
        why=f"aud is {listed(actual)}; this API accepts {listed(expected)}.",
        do=how_to_ask(context.words, expected),
        who=context.words.asked_by,
        actual=list(actual),
        expected=list(expected),
    )


def _other_form(spelling: Spelling, actual: tuple[str, ...], expected: tuple[str, ...]) -> Finding:
    return fail(
        "The token names the right API in another form.",
        why=f"aud is {listed(actual)}; this API accepts {listed(expected)}. {spelling.explanation}",
        do=spelling.advice,
        who=Owner.API_OWNER,
        actual=list(actual),
        expected=list(expected),
    )


def _without_audience(context: Context, *, is_there: bool) -> Finding:
    expected = context.expectation.audiences
    return fail(
        "The token does not say which API it is for.",
        why="aud is neither text nor a list of texts." if is_there else "The token has no aud claim.",
        do=how_to_ask(context.words, expected),
        who=context.words.asked_by,
        expected=list(expected),
    )


CHECK = Check(
    code="audience",
    title="Audience matches the API",
    source="RFC 7519 section 4.1.3",
    why="An API must reject a token made for someone else.",
    run=run,
    claims=("aud",),
    is_for_api=True,
    first_word="audience",
)
