"""The groups of the user are in the token, not left out because there are too many.

Spec: Microsoft Entra access token claims (groups overage). Reads: groups, hasgroups, _claim_names.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import are_groups_left_out
from console.core.finding import Finding, not_applicable, notice, passed, warn
from console.core.owner import Owner
from console.core.tokens.values import MAX_GROUPS

_DO = (
    "Have the API use app roles, or only the groups assigned to the application, or ask Microsoft Graph for the "
    "groups (/me/getMemberObjects)."
)


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    groups = (context.token.claims or {}).get("groups")
    if groups is None:
        return _without_groups(context)
    count = len(groups) if isinstance(groups, list) else 1
    if count >= MAX_GROUPS and context.token.text_claim("tid"):  # other providers have no such limit
        return notice(
            "The list of groups is as long as it can be.",
            why=f"The token names {count} groups; with more than {MAX_GROUPS} Entra names none at all.",
            do=_DO,
            who=Owner.API_OWNER,
            actual=count,
        )
    return passed("The groups are in the token.", actual=count)


def _without_groups(context: Context) -> Finding:
    if not are_groups_left_out(context.token):
        return not_applicable("The token says nothing of groups.")
    return warn(
        "The groups of the user are left out of the token.",
        why=f"The user is in more than {MAX_GROUPS} groups (or in fewer, when a browser got the token by the "
        "implicit flow), so the token has only a reference to them.",
        do=_DO,
        who=Owner.API_OWNER,
    )


CHECK = Check(
    code="group_overage",
    title="Groups are in the token",
    source="Microsoft Entra: access token claims reference",
    why="An API that decides by groups turns away the users who are in the most of them.",
    run=run,
)
