"""A required claim whose value is there but written otherwise: not split, split at the wrong mark, in another case."""

from console.core.checks.wording import shown
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, edit_option, is_writable
from console.core.policy.repair.rules import SINGLE, Demand, fitting_separator, is_same_but_case, parts_of
from console.core.policy.text.document import Element

_ANY = ' with match="any"'


def separated(trial: Trial, failure: FailedCheck, one: Demand) -> tuple[Option, ...]:
    """The mark that stands between the claim's values, where the policy names none or another."""
    fitting = fitting_separator(one, failure.claims)
    if fitting is None:
        return ()
    if one.separator:
        kind = "other-separator"
        what = f'Let the required claim {one.name} have separator="{fitting}" in place of "{one.separator}": '
        what += "that is what stands between the values in the token."
    else:
        kind = "add-separator"
        what = f'Give the required claim {one.name} the attribute separator="{fitting}": without it the whole text is '
        what += "compared as one value."
    told = api_change(failure, kind, "Split the claim into its values", what)
    edit = edit_option(
        trial,
        failure,
        told,
        lambda source: edits.with_attribute(source, one.element, "separator", fitting),
        detail=one.name,
    )
    return (edit,)


def split(trial: Trial, failure: FailedCheck, one: Demand) -> tuple[Option, ...]:
    """Several values written into one element as a list; "any" only where the caller has not all of them."""
    listed = edits.written_out(trial.document.source, one.element.all("value"))
    joined = next((item for item in listed if len(parts_of(item.text)) > 1), None)
    if joined is None or one.held is None:
        return ()
    parts = parts_of(joined.text)
    if not set(parts) & set(one.held):
        return ()
    is_any = not one.is_any and not {*parts, *one.values} - {joined.text} <= set(one.held)
    is_weaker = is_any and one.name not in SINGLE
    told = api_change(
        failure,
        "split-value",
        "Write one value per element",
        f"Write {' and '.join(map(shown, parts))} as values of their own{_ANY if is_any else ''}: the text of a value "
        "is never split.",
        weakness=f"A token with only one of these values of {one.name} would then be enough." if is_weaker else "",
    )

    def edit(source: str) -> str:
        written = with_parts(source, joined, "value", parts)
        return edits.with_attribute(written, one.element, "match", "any") if is_any else written

    return (edit_option(trial, failure, told, edit, detail=one.name),)


def with_parts(source: str, joined: Element, name: str, parts: tuple[str, ...]) -> str:
    """One element for each part in the place of the one that holds them all."""
    start, end = joined.span
    lead = edits.lead_of(source, start)
    return source[:start] + lead.join(edits.element(name, part) for part in parts) + source[end:]


def respelled(trial: Trial, failure: FailedCheck, one: Demand) -> tuple[Option, ...]:
    """A wanted value that the token has in another letter case; values are compared letter by letter."""
    for item in edits.written_out(trial.document.source, one.element.all("value")):
        held = next((text for text in one.held or () if is_same_but_case(text, item.text)), None)
        if held is not None and is_writable(held):
            return (respelling(trial, failure, item, held),)
    return ()


def respelling(trial: Trial, failure: FailedCheck, item: Element, text: str) -> Option:
    """The text of a listed value as the token has it."""
    told = api_change(
        failure,
        "correct-case",
        "Write the value exactly as the token has it",
        f"Write {shown(text)} in place of {shown(item.text)}: values are compared letter by letter.",
    )
    return edit_option(
        trial, failure, told, lambda source: edits.with_text(source, item, text), detail=str(item.span[0])
    )
