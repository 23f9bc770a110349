"""Causes of one stage, product keys, in the order in which equals are ranked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.subscription import (
    subscription_key_invalid,
    subscription_key_missing,
    subscription_wrong_product,
)

CAUSES: tuple[Cause, ...] = (
    subscription_wrong_product.CAUSE,
    subscription_key_missing.CAUSE,
    subscription_key_invalid.CAUSE,
)
