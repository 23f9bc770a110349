"""What the rules look at, and how they say it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from console.core.owner import Owner
from console.core.policy.engine.model import Warned
from console.core.policy.lint.places import PolicyPlace, places_of
from console.core.policy.text.document import PolicyDocument
from console.core.policy.token.token_policy import TOKEN_POLICIES, TokenPolicy, read_token_policy

# No real policy comes near: the gateway stores 256 KiB. They keep a hostile text from taking long.
MAX_PLACES = 3_000
MAX_TOKEN_POLICIES = 60
_SHOWN_SENTENCES = 5
_SHOWN_VALUES = 4
_SHOWN_CHARS = 120


@dataclass(frozen=True, slots=True)
class Ground:
    """A document made ready: its policies in document order, and the token policies among them (every section).

    Of a text beyond all measure only the first `MAX_PLACES` and `MAX_TOKEN_POLICIES` are looked at.
    """

    document: PolicyDocument
    places: tuple[PolicyPlace, ...]
    token_policies: tuple[TokenPolicy, ...]

    def places_in(self, section: str) -> tuple[PolicyPlace, ...]:
        return tuple(place for place in self.places if place.section == section)

    def places_before(self, policy: TokenPolicy) -> tuple[PolicyPlace, ...]:
        """The places that stand before a token policy in its section."""
        section = self.places_in(policy.section)
        return section[: [place.path for place in section].index(policy.path)]

    @property
    def inbound_policies(self) -> tuple[TokenPolicy, ...]:
        """The token policies of the inbound section, where they belong."""
        return tuple(policy for policy in self.token_policies if policy.section == "inbound")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found: one sentence, the path of the policy it is about, and the switch it rests on ("": none)."""

    text: str
    path: str
    switch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A warning in people's words: one sentence each for why it matters and what to do, and who must act.

    `code` is stable and kebab-case. `is_decisive`: nobody gets in, everybody does, or a secret is exposed, so it is
    never folded away. `is_commonplace`: true of most policies, whoever says it.
    """

    code: str
    title: str
    why: str
    do: str
    who: Owner = Owner.API_OWNER
    is_decisive: bool = False
    is_commonplace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Explained):
    """A warning that a policy's text alone may deserve; `run` gives one for each place."""

    run: Callable[[Ground], Iterable[Remark]]

    def warnings(self, ground: Ground) -> Iterator[Warned]:
        return (Warned(self.code, one.text, one.path, one.switch) for one in self.run(ground))


def rule(
    code: str,
    title: str,
    *,
    why: str,
    do: str,
    who: Owner = Owner.API_OWNER,
    is_decisive: bool = False,
    is_commonplace: bool = False,
) -> Callable[[Callable[[Ground], Iterable[Remark]]], Rule]:
    """Makes the rule of the function below it."""

    def made(run: Callable[[Ground], Iterable[Remark]]) -> Rule:
        return Rule(
            code=code,
            title=title,
            why=why,
            do=do,
            who=who,
            is_decisive=is_decisive,
            is_commonplace=is_commonplace,
            run=run,
        )

    return made


def ground_of(document: PolicyDocument) -> Ground:
    places = tuple(islice(places_of(document), MAX_PLACES))
    found = (read_token_policy(place.element, path=place.path) for place in places if place.name in TOKEN_POLICIES)
    return Ground(document, places, tuple(islice(found, MAX_TOKEN_POLICIES)))


def listed(values: Iterable[str], word: str = "and") -> str:
    """Values for a sentence: the first few, each cut to a readable length."""
    texts = [_cut(value) for value in values]
    more = len(texts) - _SHOWN_VALUES
    if more > 0:
        return f"{', '.join(texts[:_SHOWN_VALUES])} {word} {more} more"
    return f" {word} ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}..."


def merged(warnings: Iterable[Warned]) -> Iterator[Warned]:
    """One warning for each code and path, the sentences of several put together."""
    found: dict[tuple[str, str], list[Warned]] = {}
    for warned in warnings:
        found.setdefault((warned.code, warned.path), []).append(warned)
    for (code, path), same in found.items():
        texts = islice(dict.fromkeys(warned.text for warned in same), _SHOWN_SENTENCES)
        # The code is one that a rule gave: no new one comes into being here.
        yield Warned(code, " ".join(texts), path, same[0].switch)
