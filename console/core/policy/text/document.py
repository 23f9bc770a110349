"""A policy text as a tree: whole documents, one section, a fragment, or bare elements, as people paste them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from console.core.policy.text.angle_fields import in_braces
from console.core.policy.text.element import Element, walk
from console.core.policy.text.mending import MendedText, mend
from console.core.policy.text.parsing import MAX_DEPTH, TOO_MANY, parse
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.template_fields import with_fields
from console.core.policy.text.template_words import may_hold_fields
from console.core.policy.text.unwrapping import MAX_POLICY_CHARS, PastedPolicy, unwrap

__all__ = ["MAX_DEPTH", "MAX_POLICY_CHARS", "SECTIONS", "Element", "PolicyDocument", "PolicyProblem", "read_policy"]

SECTIONS = ("inbound", "backend", "outbound", "on-error")


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """The policies of each section, in document order. `is_whole` is false for a fragment or bare elements.

    `others` are the sections of a whole document that the gateway does not know. `notes` say what was cleaned before
    reading. `source` is the text that the elements' spans refer to: the pasted text, or what was decoded from it.
    `roots` are the outermost elements as they were pasted. `computed` are places that were an expression before values
    were filled in: where the element begins in the source, and the attribute's name, "" for its text. `is_plain`:
    no policy of a section holds an expression or a named value.
    """

    inbound: tuple[Element, ...] = ()
    backend: tuple[Element, ...] = ()
    outbound: tuple[Element, ...] = ()
    on_error: tuple[Element, ...] = ()
    is_whole: bool = True
    others: tuple[Element, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False, repr=False)
    roots: tuple[Element, ...] = field(default=(), compare=False, repr=False)
    computed: frozenset[tuple[int, str]] = field(default=frozenset(), compare=False, repr=False)
    is_plain: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Every evaluation asks for it."""
        is_plain = all(element.is_plain for _, elements in self.sections for element in elements)
        object.__setattr__(self, "is_plain", is_plain)

    @property
    def sections(self) -> tuple[tuple[str, tuple[Element, ...]], ...]:
        """The four sections by name, in the order in which the gateway runs them."""
        return tuple(zip(SECTIONS, (self.inbound, self.backend, self.outbound, self.on_error), strict=True))

    def walk(self) -> Iterator[Element]:
        """Every element of the inbound section, outermost first."""
        return walk(self.inbound)

    def walk_all(self) -> Iterator[Element]:
        """Every element of every section, outermost first."""
        return walk(element for _, elements in self.sections for element in elements)


def read_policy(text: str) -> PolicyDocument | PolicyProblem:
    """The document in a pasted policy text; never raises. A bare element counts as a policy of the inbound section.

    Raw quotation marks, < and & in policy expressions are mended, as the gateway takes them; well-formed XML is read as
    it stands.
    """
    pasted = unwrap(text)
    if isinstance(pasted, PolicyProblem):
        return pasted
    notes = pasted.notes
    text = pasted.text
    roots = parse(MendedText(text), pasted)
    if isinstance(roots, PolicyProblem) and roots.code == "not-xml":
        text = in_braces(text)
        mended = mend(text)
        if mended.is_cut:
            return TOO_MANY
        if mended.text != pasted.text:
            roots = parse(mended, pasted)
            notes += (_mended_note(mended.count),) if mended.count else ()
    if isinstance(roots, PolicyProblem):
        return roots
    return _document(roots, replace(pasted, notes=notes), has_fields=text != pasted.text)


def _mended_note(count: int) -> str:
    expressions = "1 policy expression" if count == 1 else f"{count} policy expressions"
    return f'In {expressions} the raw marks " < & were read as text, as the gateway does.'


def _document(roots: tuple[Element, ...], pasted: PastedPolicy, *, has_fields: bool) -> PolicyDocument | PolicyProblem:
    whole = tuple(root for root in roots if root.name == "policies")
    if whole and len(roots) > 1:
        what = (
            "There is more than one policy document."
            if len(whole) > 1
            else "There is more than the <policies> document."
        )
        return PolicyProblem("not-xml", what, "Paste one document alone.", roots[1].line)
    parts: dict[str, list[Element]] = {name: [] for name in SECTIONS}
    others = []
    for part in whole[0].children if whole else roots:
        if part.name in parts:
            parts[part.name] += part.children
        elif whole:
            others.append(part)
        else:
            parts["inbound"] += part.children if part.name == "fragment" else (part,)
    read = with_fields if has_fields or may_hold_fields(pasted.source) else tuple
    inbound, backend, outbound, on_error = (read(tuple(parts[name])) for name in SECTIONS)
    return PolicyDocument(
        inbound=inbound,
        backend=backend,
        outbound=outbound,
        on_error=on_error,
        is_whole=bool(whole),
        others=tuple(others),
        notes=pasted.notes,
        source=pasted.source,
        roots=roots,
    )
