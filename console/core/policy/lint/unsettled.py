"""What a policy rests on where the documentation and reports contradict each other."""

from collections.abc import Iterator

from console.core.owner import Owner
from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.text.expressions import is_expression
from console.core.policy.token.token_policy import AZURE_AD


@rule(
    "unconfirmed-behaviour",
    "Gateway behaviour is not confirmed",
    why="No documentation and no observation settles what the gateway does here; the verdict follows the "
    "likeliest reading.",
    do="Change the reading in the settings to see the other verdict, or avoid the case on either side.",
    who=Owner.CONSOLE_ADMIN,
)
def unsettled_azure_ad_lists(ground: Ground) -> Iterator[Remark]:
    """validate-azure-ad-token: a policy without any list, and lists with expressions in them."""
    for policy in ground.token_policies:
        if policy.kind != AZURE_AD:
            continue
        if not policy.clients and not policy.backends and policy.audiences is None:
            text = (
                "The policy lists neither clients nor audiences; the documentation asks for one of them, the schema "
                "for none, and nobody has confirmed that the gateway lets every token of the tenant pass."
            )
            yield Remark(text, f"{policy.path}/client-application-ids")
        lists = (
            ("client-application-ids", policy.clients),
            ("backend-application-ids", policy.backends),
            ("audiences", policy.audiences or ()),
        )
        for name, values in lists:
            if found := [one for one in values if is_expression(one)]:
                text = f"{name} holds {listed(found)}; nobody has confirmed that an expression is read there."
                yield Remark(text, f"{policy.path}/{name}")
