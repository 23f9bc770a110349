"""The words of a diagnosis: how sure, at which stage, and who answered."""

from enum import StrEnum


class Confidence(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Basis(StrEnum):
    """What a match rests on: the words or the code of the party that decided, what people saw, or facts that rules
    judge. What this console's own transport met counts as words: it decided there. A status or an OAuth error alone is
    bare: any of several faults gives it.
    """

    WORDS = "words"
    OBSERVED = "observed"
    FACTS = "facts"
    BARE = "bare"


class Stage(StrEnum):
    """In the order in which an attempt passes them; the earliest stage with a cause ranks first."""

    NETWORK = "network"
    DISCOVERY = "discovery"
    CREDENTIAL = "credential"
    TOKEN_REQUEST = "token-request"
    TOKEN_CONTENT = "token-content"
    SIGNATURE = "signature"
    GATEWAY_POLICY = "gateway-policy"
    SUBSCRIPTION = "subscription"
    AUTHORIZATION = "authorization"
    API = "api"


class Answerer(StrEnum):
    """Who gave the answer that is being explained."""

    GATEWAY = "gateway"
    BACKEND = "backend"
    IDENTITY_PROVIDER = "identity_provider"
    PROXY = "proxy"
    CONSOLE = "console"
    NOBODY = "nobody"
    UNKNOWN = "unknown"
