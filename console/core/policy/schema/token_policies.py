"""validate-jwt and validate-azure-ad-token: the vendor's published schemas of July 2025.

Its reference of 2026 adds validate-connectivity and demands one token source and whole keys. The order of children is
not checked: the vendor's own example departs from the schema's.
"""

from collections.abc import Iterator

from console.core.policy.schema.shapes import Attribute, Child, Kind, Shape, listed, optional, policy, problem
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem

_SOURCES = ("header-name", "query-parameter-name", "token-value")
_COMMON = (
    Attribute("failed-validation-httpcode", Kind.INTEGER),
    Attribute("failed-validation-error-message"),
    *optional(*_SOURCES, "require-scheme"),
    Attribute("output-token-variable-name", Kind.FILLED),
)
_CLAIM = (Attribute("match", choices=("all", "any")), Attribute("separator"))
_VALUES = (Child(Shape("value", has_text=True)),)


def _one_source(element: Element) -> Iterator[PolicyProblem]:
    used = [name for name in _SOURCES if element.attribute(name) is not None]
    if len(used) == 1:
        return
    found = f"has {' and '.join(used)}" if used else "does not say where the token is"
    yield problem(
        element,
        "token-source",
        f"<{element.name}> {found}; it takes exactly one of {', '.join(_SOURCES)}.",
        "Keep the one that carries the token." if used else 'Write header-name="Authorization", or one of the others.',
    )


def _whole_key(element: Element) -> Iterator[PolicyProblem]:
    """The key's own text is never repeated: it may be a secret."""
    has = {name for name in ("n", "e", "certificate-id") if element.attribute(name) is not None}
    if len(has & {"n", "e"}) == 1:
        here = "n" if "n" in has else "e"
        other = "e" if here == "n" else "n"
        yield problem(
            element, "key", f"A <key> has {here} without {other}.", "Write both, the modulus n and the exponent e."
        )
    elif not has and not element.text:
        yield problem(
            element,
            "key",
            "A <key> of issuer-signing-keys is empty.",
            "Write the Base64 text of a symmetric key, a certificate-id, or n and e.",
        )


_SIGNING_KEYS = Shape(
    "issuer-signing-keys",
    children=(
        Child(Shape("key", optional("id", "certificate-id", "n", "e"), has_text=True, rules=(_whole_key,))),
        Child(Shape("zumo-master-key", optional("id"), has_text=True)),
    ),
)

VALIDATE_JWT = policy(
    "validate-jwt",
    *_COMMON,
    Attribute("clock-skew", Kind.INTEGER),
    *optional("require-expiration-time", "require-signed-tokens", kind=Kind.BOOLEAN),
    children=(
        Child(
            Shape(
                "openid-config",
                (
                    Attribute("url", is_required=True),
                    Attribute("host"),
                    Attribute("validate-connectivity", Kind.BOOLEAN),
                ),
            )
        ),
        Child(listed("issuer-signing-tokens", "token"), most=1),
        Child(_SIGNING_KEYS, most=1),
        Child(
            Shape(
                "decryption-keys",
                children=(Child(Shape("key", optional("id", "certificate-id"), has_text=True), least=1),),
            ),
            most=1,
        ),
        Child(listed("audiences", "audience"), most=1),
        Child(listed("issuers", "issuer"), most=1),
        Child(
            Shape("required-claims", children=(Child(Shape("claim", (Attribute("name"), *_CLAIM), _VALUES)),)), most=1
        ),
    ),
    rules=(_one_source,),
)

VALIDATE_AZURE_AD_TOKEN = policy(
    "validate-azure-ad-token",
    *_COMMON,
    Attribute("tenant-id", is_required=True),
    Attribute("authentication-endpoint"),
    *optional("allow-protected-forwarded-tokens", "allow-proof-of-possession-tokens", kind=Kind.BOOLEAN),
    children=(
        Child(listed("backend-application-ids", "application-id", least=1), most=1),
        Child(listed("client-application-ids", "application-id", least=1), most=1),
        Child(listed("audiences", "audience", least=1), most=1),
        Child(
            Shape(
                "required-claims",
                children=(Child(Shape("claim", (Attribute("name", is_required=True), *_CLAIM), _VALUES), least=1),),
            ),
            most=1,
        ),
        Child(
            Shape(
                "decryption-keys",
                children=(
                    Child(Shape("key", (Attribute("id"), Attribute("certificate-id", is_required=True))), least=1),
                ),
            ),
            most=1,
        ),
    ),
)

SHAPES = (VALIDATE_JWT, VALIDATE_AZURE_AD_TOKEN)
