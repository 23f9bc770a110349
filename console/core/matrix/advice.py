"""What to do about a variant that did not come out as it must."""

from console.core.matrix.base import CellVerdict, KnownBy, MatrixRow
from console.core.matrix.variants import BY_CODE

_LET_IN = {
    KnownBy.POLICY: (
        "The gateway does not do what the policy kept here says: compare it with the policy that the gateway runs for "
        "this operation, all its scopes included."
    ),
    KnownBy.DEMANDS: (
        "Nobody sees to what this API demands: let a policy of its gateway check it (validate-jwt), or the API itself."
    ),
    KnownBy.PERSON: "Somebody said for this API that it must be refused: let a policy of its gateway see to that.",
}
_KEY = "Let the API ask for a subscription key at its gateway (in API Management: “Subscription required”)."
_REFUSED = "Open the attempt: its diagnosis says why it was refused, and who can change that."


def advice_of(row: MatrixRow) -> str:
    """One sentence for whoever looks after the gateway; "" where all is as it must be or nobody knows."""
    if row.verdict is CellVerdict.WRONGLY_REFUSED:
        return _REFUSED
    if row.verdict is not CellVerdict.WRONGLY_LET_IN:
        return ""
    variant = BY_CODE.get(row.code)
    if variant is not None and variant.is_about_key:
        return _KEY
    return _LET_IN.get(row.demanded.rule, "")
