"""Microsoft Entra codes about the service itself: throttling, faults, federated servers."""

from console.core.diagnosis.codes.base import C, P, Rows, T, rows

_DOWN = "identity-provider-unavailable"

ROWS: Rows = rows(
    (
        "50196",
        "Too many identical requests came in a short time; a client without a token cache does that.",
        _DOWN,
        "Stop the loop: keep each token until it ends, in a cache that all calls share, and ask for no other while it "
        "is valid; then wait some minutes.",
        C,
        "wait",
    ),
    (
        "90055",
        "The tenant is throttled: too many requests come in for it.",
        _DOWN,
        "Wait, keep tokens until they end, and ask the tenant's administrator which application asks so often.",
        T,
        "wait",
    ),
    (
        "50000",
        "The provider failed to issue the token.",
        _DOWN,
        "Wait; if it stays so, give Microsoft the ids.",
        P,
        "wait",
    ),
    ("50033 50087 50088", "A passing fault of the provider.", _DOWN, "Wait and try again.", P, "wait"),
    ("50086", "A limit of the multi-factor service was reached.", _DOWN, "Give Microsoft the ids.", P, "no"),
    (
        "90006 90012 90024 90033 90090 90091",
        "A service behind the provider does not answer.",
        _DOWN,
        "Wait and try again.",
        P,
        "wait",
    ),
    (
        "90036 90092",
        "The directory failed in a way that waiting does not mend.",
        _DOWN,
        "Give Microsoft the ids.",
        P,
        "no",
    ),
    ("70012", "The server for personal accounts failed.", _DOWN, "Wait and try again.", P, "wait"),
    (
        "40008 40009 40010 40015 20001 20012 20033 50008 50107",
        "The federated identity provider has trouble.",
        _DOWN,
        "Ask the owner of the federated identity provider.",
        P,
        "wait",
    ),
    (
        "80001 80002 80003 80004 80005 80006 80007 80008 80009 80010 80011 80012 80013 80014",
        "An agent for pass-through authentication on premises has trouble.",
        _DOWN,
        "Ask the tenant's administrator.",
        T,
        "wait",
    ),
    (
        "81004 81005 81006 81007 81008 81009 81010 81011 81012",
        "Seamless single sign-on on premises has trouble.",
        _DOWN,
        "Ask the tenant's administrator.",
        T,
        "no",
    ),
)
