"""From a policy to what an API demands of tokens, and back."""
