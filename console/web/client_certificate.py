"""Where the server writes down which certificate a client has shown in TLS: for whoever answers the request."""

VARIABLE = "console.client_certificate"  # PEM, "" for none; no header can have such a name in an environment
