"""The issuer publishes its metadata, and speaks for itself (OpenID Connect Discovery section 4.3, RFC 8414)."""

from dataclasses import dataclass

from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """One document. `problem` is "" when it is usable; `disbelief` says why it is not followed although it is."""

    purpose: str
    url: str
    problem: str = ""
    issuer: str = ""
    token_endpoint: str = ""
    jwks_uri: str = ""
    disbelief: str = ""


@dataclass(frozen=True, slots=True)
class SeenMetadata:
    documents: tuple[SeenDocument, ...]


def judge(seen: SeenMetadata) -> StageResult:
    if not seen.documents:
        return not_needed("Neither the provider nor the API names an address of metadata.")
    facts = tuple(fact for one in seen.documents for fact in _facts(one))
    for one in seen.documents:
        if one.problem or one.disbelief:
            what = f"The metadata of the {one.purpose} cannot be {'read' if one.problem else 'believed'}."
            do = f"Open {one.url} in a browser: it must answer with a JSON document. Else correct the address."
            if one.disbelief:
                do = "Compare the issuer in the document with the one the profile or the API names, and correct it."
            return StageResult(
                StageStatus.FAIL, what, one.problem or one.disbelief, do, Owner.IDENTITY_PROVIDER, facts=facts
            )
    return well("The metadata is there and speaks for its issuer.", *facts)


def _facts(one: SeenDocument) -> tuple[StageFact, ...]:
    rows = (
        ("address", one.url),
        ("issuer", one.issuer),
        ("token endpoint", one.token_endpoint),
        ("keys", one.jwks_uri),
    )
    return tuple(StageFact(f"{one.purpose}, {label}", value) for label, value in rows if value)


STAGE: PreflightStage[SeenMetadata] = PreflightStage(
    code="metadata",
    title="Metadata",
    explains="Fetches what the issuer publishes about itself. The API's gateway reads the same document to learn where "
    "the signing keys are.",
    judge=judge,
    is_needed_by_rest=False,  # a token endpoint that was typed by hand gives tokens without it
)
