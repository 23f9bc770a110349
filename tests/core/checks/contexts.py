"""Contexts for checks: a token of any brokenness beside what the API expects."""

from console.core.api import Expectation
from console.core.checks.base import Context
from console.core.tokens.signature import NOT_CHECKED, SignatureResult, SignatureState
from console.core.tokens.token import Token, TokenKind

NOW = 1_767_225_600
TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
OTHER_TENANT = "d2d37d5e-ba79-4bd2-a229-a2022b4759a5"
CLIENT = "bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc"
API = "4f3c7141-662e-438f-93a9-a092a1fe354e"
V1 = f"https://sts.windows.net/{TENANT}/"
V2 = f"https://login.microsoftonline.com/{TENANT}/v2.0"
WRONG_TYPES = [None, True, 7, 1.5, [1], {"a": 1}]
NO_NUMBERS = [value for value in WRONG_TYPES if type(value) not in (int, float)]


def context(claims=None, *, header=None, signature=NOT_CHECKED, kind=TokenKind.JWS, now=NOW, **expectation) -> Context:
    token = Token(kind, "a.b.c", header={"alg": "RS256"} if header is None else header, claims=claims)
    return Context(token, Expectation(**expectation), signature, now)


def of(token: Token) -> Context:
    """A context for a token that was parsed; the API says nothing."""
    return Context(token, Expectation(), NOT_CHECKED, NOW)


def without_header(**expectation) -> Context:
    return Context(Token(TokenKind.JWS, "a.b.c", claims={}), Expectation(**expectation), NOT_CHECKED, NOW)


def signed(state: SignatureState, *, reason="ok", kid="key-1", source="", known=None, key=None) -> SignatureResult:
    return SignatureResult(state, reason, "", kid, source, known, key)
