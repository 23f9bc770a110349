"""Every warning code with its title, why it matters, what to do and who can: for pages, reports and the manual."""

from collections.abc import Mapping

from console.core.gateway.explanations.base import Explained
from console.core.gateway.explanations.calls import CALLS
from console.core.gateway.explanations.claims import CLAIMS
from console.core.gateway.explanations.order import ORDER
from console.core.gateway.explanations.token_policies import TOKEN_POLICIES

__all__ = ["EXPLAINED", "Explained"]

EXPLAINED: Mapping[str, Explained] = {**TOKEN_POLICIES, **CLAIMS, **ORDER, **CALLS}
