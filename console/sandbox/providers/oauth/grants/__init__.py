"""The grants that both OAuth providers know: a file each."""
