"""What ID-porten and the generic provider have in common; `rules.Rules` says where they differ."""
