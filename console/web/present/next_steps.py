"""What can be done here about a cause: buttons of the diagnosis.

Only what this console really can do, and whoever looks may do, is offered; everything else stays advice or a text.
"""

from django.urls import reverse

from console.core.diagnosis.base import RankedCause
from console.web.present.mending import STEPS
from console.web.present.situation import Row, Situation, Step, row

# What is mended in the gateway’s policy when the token is as its provider means it.
IN_POLICY = frozenset(
    {
        "audience-format-mismatch",
        "claim-name-mismatch",
        "claim-not-split",
        "client-not-allowed",
        "issuer-spelling-mismatch",
        "issuer-version-mismatch",
        "jwks-wrong-source",
        "metadata-url-invalid",
        "policy-order-overwrites-token",
        "signing-algorithm-mismatch",
        "token-in-wrong-header",
    }
)


def next_steps(cause: RankedCause, here: Situation) -> list[Row]:
    """Rows for actions.html, the mending first; the first one is the main button."""
    mending = (step(here) for step in STEPS.get(cause.cause, ()))
    always = (step(here) for step in (_mend_policy_of(cause.cause), _policy, _compare, _case))
    steps = filter(None, (_fault(here), *mending, *always))
    return [{**step, "kind": "primary" if not index else step.get("kind", "")} for index, step in enumerate(steps)]


def _fault(here: Situation) -> Row | None:
    if not here.fault:
        return None
    fields = [("fault", ""), ("next", reverse("profile", args=[here.profile.id]))]
    return row("Switch the fault off", reverse("sandbox-fault"), "mend-fault", is_post=True, fields=fields)


def _policy_of(here: Situation, part: str) -> str:
    return f"{reverse('api-policy', args=[here.api.id])}?call={here.attempt_id}#{part}" if here.api else ""


def _can_see_policy(here: Situation) -> bool:
    return (
        here.has_policy
        and here.is_refused
        and not here.is_history
        and here.api is not None
        and here.attempt_id is not None
    )


def _policy(here: Situation) -> Row | None:
    """The rule that judged this very call, with the claims that were sent."""
    where = _policy_of(here, "failing-rule")
    return row("See the policy rule", where, "see-policy") if _can_see_policy(here) else None


def _mend_policy_of(slug: str) -> Step:
    def step(here: Situation) -> Row | None:
        if slug not in IN_POLICY or not here.can_change_policy or not _can_see_policy(here):
            return None
        return row("Mend the policy", _policy_of(here, "repairs-title"), "mend-policy")

    return step


def _compare(here: Situation) -> Row | None:
    """This attempt and the last one of its kind that was answered well."""
    if here.attempt_id is None or here.worked_id in (None, here.attempt_id):
        return None
    url = f"{reverse('compare')}?attempt={here.attempt_id}"
    return row("Compare with the last that went well", url, "compare-worked")


def _case(here: Situation) -> Row | None:
    if here.attempt_id is None or here.is_history:
        return None
    return row("Save as case", f"{reverse('call', args=[here.attempt_id])}#id_note", "save-case")
