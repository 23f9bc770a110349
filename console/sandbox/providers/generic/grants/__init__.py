"""The grants that the generic provider has beyond those it shares: a file each."""
