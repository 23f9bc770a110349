"""The causes of the taxonomy: what each means, what to do, and by which check it is seen."""

from console.core.checks import BY_CODE
from console.core.diagnosis import CAUSES
from console.core.diagnosis.base import Cause
from console.core.diagnosis.terms import Stage
from console.core.providers import PROVIDERS
from console.core.reference.entry import EntryKind, Fact, FactLine, ReferenceEntry, Related, fact, headed

STAGES = {
    Stage.NETWORK: "On the way: the request or its answer does not come through",
    Stage.DISCOVERY: "Finding the identity provider, its metadata and its keys",
    Stage.CREDENTIAL: "Proving the client to the token endpoint",
    Stage.TOKEN_REQUEST: "Asking for the token",
    Stage.TOKEN_CONTENT: "What stands in the token",
    Stage.SIGNATURE: "Checking the token’s signature",
    Stage.GATEWAY_POLICY: "The rules of the gateway",
    Stage.SUBSCRIPTION: "The subscription key",
    Stage.AUTHORIZATION: "What the caller may do",
    Stage.API: "The API behind the gateway",
}


def entries() -> tuple[ReferenceEntry, ...]:
    return tuple(_entry(cause) for cause in CAUSES)


def _entry(cause: Cause) -> ReferenceEntry:
    check = check_of(cause)
    return ReferenceEntry(
        EntryKind.CAUSES,
        cause.slug,
        cause.slug,
        cause.title,
        cause.what,
        facts=(
            *fact("Covers", _covers(cause)),
            *fact("Why it matters", BY_CODE[check].why if check else ""),
            *fact("What to do", cause.do),
            *_commands(cause.slug),
            *fact("Who", f"{cause.who.words[:1].upper()}{cause.who.words[1:]}."),
            *fact("Where it fails", STAGES[cause.stage]),
        ),
        sources=(BY_CODE[check].source,) if check else (),
        related=(Related(EntryKind.CHECKS, check, "fails for it"),) if check else (),
        group=STAGES[cause.stage].partition(":")[0],
    )


def _commands(slug: str) -> tuple[Fact, ...]:
    """Suggested commands of the providers, each once, under the provider that is offered first with it."""
    found: dict[str, str] = {}
    for provider in PROVIDERS:
        if command := provider.advice.commands.get(slug):
            found.setdefault(command, f"{provider.title}; fill in the <places>, and check it before you run it")
    lines = tuple(FactLine(command, note) for command, note in found.items())
    return (Fact("Suggested commands", lines, is_code=True),) if lines else ()


def check_of(cause: Cause) -> str:
    """The check that fails for a cause; "" for none. One that sees two faults ranks them by two names."""
    return next((code for code in (cause.check, cause.check.rpartition("_")[0]) if code in BY_CODE), "")


def _covers(cause: Cause) -> str:
    """The meaning of the slug, which heads the file of the cause; "" where the interpreter strips it."""
    room = cause.stage.value.replace("-", "_")
    return headed(f"console.core.diagnosis.{room}.{cause.slug.replace('-', '_')}")
