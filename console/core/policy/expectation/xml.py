"""The text of a policy document, from the parts that decide: clean, commented, in the published order of elements."""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from console.core.policy.engine.caller_rule import CallerRule, condition_of


@dataclass(frozen=True, slots=True)
class Claim:
    """A required claim of which one value is enough. `separator` "": none."""

    name: str
    values: tuple[str, ...]
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A policy before it is text. `opening` are its attributes in order, `clients` ids that it compares by itself,
    `callers` rules on the verified token that follow it. `notes` are not written.
    """

    opening: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]
    metadata_url: str = ""
    clients: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    callers: tuple[CallerRule, ...] = ()
    notes: tuple[str, ...] = ()


def text_of(kind: str, plan: Plan, name: str) -> str:
    """The whole document; `name` is the API's, for a comment, "" when it has none."""
    about = f"Lets in the tokens that {_comment(name)} expects." if name else "Lets in the tokens that the API expects."
    lines = ["<policies>", "    <inbound>", "        <base />", f"        <!-- {about} -->"]
    lines += [f"        {line}" for line in _token_policy(kind, plan)]
    for rule in plan.callers:
        lines += [f"        {line}" for line in _refusal(rule)]
    lines.append("    </inbound>")
    for section in ("backend", "outbound", "on-error"):
        lines += [f"    <{section}>", "        <base />", f"    </{section}>"]
    return "\n".join([*lines, "</policies>", ""])


def _comment(text: str) -> str:
    """Text that closes no comment, and in which the gateway finds no named value."""
    readable = "".join(one if one.isprintable() else " " for one in text)
    return readable.replace("-", "\u2010").replace("{{", "{ {").replace("}}", "} }").strip()


def _token_policy(kind: str, plan: Plan) -> list[str]:
    head, *rest = [f"{name}={quoteattr(value)}" for name, value in plan.opening]
    indent = " " * (len(kind) + 2)
    lines = [f"<{kind} {head}", *(f"{indent}{one}" for one in rest)]
    lines[-1] += ">"
    if plan.metadata_url:
        lines.append(f"    <openid-config url={quoteattr(plan.metadata_url)} />")
    lines += _list("client-application-ids", "application-id", plan.clients)
    lines += _list("audiences", "audience", plan.audiences)
    lines += _list("issuers", "issuer", plan.issuers)
    if plan.claims:
        lines += ["    <required-claims>", *(f"        {line}" for claim in plan.claims for line in _claim(claim))]
        lines.append("    </required-claims>")
    return [*lines, f"</{kind}>"]


def _list(block: str, item: str, values: tuple[str, ...]) -> list[str]:
    if not values:
        return []
    return [f"    <{block}>", *(f"        <{item}>{escape(value)}</{item}>" for value in values), f"    </{block}>"]


def _claim(claim: Claim) -> list[str]:
    separator = f" separator={quoteattr(claim.separator)}" if claim.separator else ""
    opening = f'<claim name="{claim.name}" match="any"{separator}>'
    return [opening, *(f"    <value>{escape(value)}</value>" for value in claim.values), "</claim>"]


def _refusal(rule: CallerRule) -> list[str]:
    names = " or ".join(claim for claim, _ in rule.by_claim)
    return [
        f"<!-- One accepted value in {names} is enough, which required-claims cannot say. -->",
        "<choose>",
        f"    <when condition={_attribute(condition_of(rule))}>",
        "        <return-response>",
        '            <set-status code="403" reason="Forbidden" />',
        '            <set-header name="Content-Type" exists-action="override">',
        "                <value>application/json</value>",
        "            </set-header>",
        f'            <set-body>{{ "statusCode": 403, "message": "The token has no accepted {names}." }}</set-body>',
        "        </return-response>",
        "    </when>",
        "</choose>",
    ]


def _attribute(text: str) -> str:
    return '"' + escape(text, {'"': "&quot;"}) + '"'
