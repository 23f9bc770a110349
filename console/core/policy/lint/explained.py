"""Every warning code with its title, why it matters, what to do and who can: for pages, reports and the manual."""

from collections.abc import Mapping

from console.core.policy.lint.explanations.base import Explained
from console.core.policy.lint.explanations.calls import CALLS
from console.core.policy.lint.explanations.claims import CLAIMS
from console.core.policy.lint.explanations.order import ORDER
from console.core.policy.lint.explanations.token_policies import TOKEN_POLICIES

__all__ = ["EXPLAINED", "Explained"]

EXPLAINED: Mapping[str, Explained] = {**TOKEN_POLICIES, **CLAIMS, **ORDER, **CALLS}
