"""The embedded sandbox: an identity provider, a gateway and an API, decided from values alone."""
