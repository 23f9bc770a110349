"""A matrix of auth variants as a run: each look sends one variant, and says which is next."""

from console.core.runs.base import RunKind, advance_staged, begin_staged

KIND = RunKind(
    "matrix",
    "An API called with the auth variants that its gateway must let in or refuse",
    begin_staged,
    advance_staged,
)
