"""The signature verifies with a key of the issuer.

Spec: RFC 7515 section 5.2. Reads: the signature result (the key set is named there), never a key the token
brings along.
"""

from console.core.checks.base import Check, Context, to_verify
from console.core.checks.wording import shown
from console.core.finding import Finding, fail, notice, passed, unknown
from console.core.owner import Owner
from console.core.tokens.signature import SignatureResult, SignatureState


def run(context: Context) -> Finding:
    result = context.signature
    if result.state is SignatureState.VALID:
        return passed("The signature verifies.", actual=result.kid or None)
    if result.state is SignatureState.INVALID:
        return _invalid(result)
    if result.state is SignatureState.ABSENT:
        return fail(
            "The token has no signature.",
            why="The third part is empty or missing, or the header says alg none; anybody could have "
            "written this token.",
            do="Copy the whole token again, or get a new one from the provider.",
            who=Owner.INTEGRATOR,
        )
    return _unverifiable(context)


def _invalid(result: SignatureResult) -> Finding:
    return fail(
        "The signature does not verify.",
        why=f"The key {shown(result.kid or 'that was used')} is known, but it did not make this signature: "
        "the token was "
        "changed or cut on its way, or another server signed it.",
        do="Get a new token and pass it on unchanged, byte for byte.",
        who=Owner.INTEGRATOR,
        actual=result.kid or None,
    )


def _unverifiable(context: Context) -> Finding:
    result = context.signature
    if result.reason == "graph-token":
        return notice(
            "Nobody but Microsoft Graph can verify this signature.",
            why="Tokens for Microsoft Graph are signed over a changed header (nonce), so this says nothing "
            "about the token.",
        )
    if result.reason == "published-secret":
        return fail(
            "The signature proves nothing: its key is a shared secret in a published key set.",
            why=f"{result.detail} Whoever reads that set can sign any token.",
            do="Have the issuer take the secret out of the key set, replace it, and sign with RS256 or ES256.",
            who=Owner.IDENTITY_PROVIDER,
            actual=result.kid or None,
        )
    if result.is_kid_known is False:
        return fail(
            "The key that signed the token is not in the key set.",
            why=f"The token names the key {shown(result.kid or 'without a kid')}; the key set "
            f"{shown(result.source or 'that was given')} does not hold it.",
            do="Get a new token; if it stays so, compare the issuer of the token with the source of the keys.",
            who=Owner.INTEGRATOR,
            actual=result.kid or None,
            expected=result.source or None,
        )
    return unknown("The signature was not checked.", missing=to_verify(context))


CHECK = Check(
    code="signature",
    title="Signature verifies",
    source="RFC 7515 section 5.2",
    why="Without a verified signature anybody could have written the claims.",
    run=run,
    is_for_api=True,
    first_word="signature",
)
