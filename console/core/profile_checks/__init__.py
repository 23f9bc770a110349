"""What `local_checks` looks at: one file per part of a profile."""
