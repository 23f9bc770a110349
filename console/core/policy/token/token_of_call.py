"""From a call to the token that a policy judges: taken out, read, and decrypted when it must be."""

from msgspec import Struct
from msgspec.structs import replace

from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, Warned
from console.core.policy.token.compact import ReadToken, TokenShape, read_signed, shape_of
from console.core.policy.token.inline_keys import KeyList
from console.core.policy.token.source import extract
from console.core.policy.token.token_policy import TokenSource
from console.core.tokens.token import Token

_SIGNED = TokenShape.SIGNED  # a member of an enum takes longer to look up than a name


class PresentedToken(Struct, frozen=True):
    """`token` is None when there is nothing to judge; the checks then say why."""

    token: Token | None
    checks: tuple[GatewayCheck, ...]
    warnings: tuple[Warned, ...] = ()


def present(source: TokenSource, keys: KeyList, flow: Flow) -> PresentedToken:
    """The token and the checks up to well-formed, in their order."""
    extracted = extract(source, flow)
    if extracted.text is None:
        return PresentedToken(None, extracted.checks, extracted.warnings)
    read = _read(extracted.text, keys, flow)
    return PresentedToken(read.token, (*extracted.checks, read.check), (*extracted.warnings, *read.warnings))


def _read(text: str, keys: KeyList, flow: Flow) -> ReadToken:
    shape = shape_of(text)
    if isinstance(shape, GatewayCheck):
        return ReadToken(None, shape)
    if shape is _SIGNED:
        return read_signed(text, flow.switches)
    return _opened(text, keys, flow)


def _opened(text: str, keys: KeyList, flow: Flow) -> ReadToken:
    from console.core.policy.token.decryption import ClosedToken, open_token  # here, for what it loads: few are closed

    opened = open_token(text, keys, flow.values.certificates, flow.switches)
    if isinstance(opened, ClosedToken):
        return ReadToken(None, opened.check, opened.warnings)
    inner = read_signed(opened, flow.switches)
    if inner.check.outcome is not Outcome.PASS:
        return inner
    what = "The token was decrypted; it holds a JWT of three parts."
    return replace(inner, check=replace(inner.check, what=what))
