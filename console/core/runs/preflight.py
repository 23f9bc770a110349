"""A preflight as a run: each look makes one stage, and says which is next."""

from console.core.runs.base import RunKind, advance_staged, begin_staged

KIND = RunKind("preflight", "The whole chain from a profile to its API", begin_staged, advance_staged)
