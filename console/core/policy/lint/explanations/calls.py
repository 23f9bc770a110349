"""Warnings that only a call brings up: about its token, its metadata, and how certain the verdict is."""

from console.core.owner import Owner
from console.core.policy.lint.explanations.base import Explained

CALLS: dict[str, Explained] = {
    "unconfirmed-behaviour": Explained(
        "Gateway behaviour is not confirmed",
        "No documentation and no observation settles what the gateway does here; the verdict follows the likeliest "
        "reading.",
        "Change the reading in the settings to see the other verdict, or avoid the case on either side.",
        Owner.CONSOLE_ADMIN,
    ),
    "unconfirmed-body": Explained(
        "Text of the answer is not confirmed",
        "The status is known, but nobody has written down the gateway's exact text.",
        "Rely on the status, not on the text.",
        Owner.INTEGRATOR,
    ),
    "algorithm-not-listed": Explained(
        "Algorithm not documented",
        "The gateway's library knows the algorithm, but the documentation does not list it.",
        "Sign with RS256, PS256, RS512 or ES256.",
        Owner.IDENTITY_PROVIDER,
    ),
    "graph-token": Explained(
        "Token for Microsoft Graph",
        "Its signature is made so that only Graph can verify it.",
        "Request a token for this API: a scope that begins with the API's own audience.",
        Owner.INTEGRATOR,
    ),
    "key-roll": Explained(
        "Key is not in the metadata",
        "After a change of keys the gateway reads the metadata again at most every five minutes.",
        "Wait five minutes and try again; if it stays, the token comes from another issuer.",
        Owner.INTEGRATOR,
    ),
    "metadata-unreachable": Explained(
        "Metadata cannot be read",
        "Without the metadata there are no keys, and every token is refused.",
        "Make the address reachable from the gateway, or correct it.",
        Owner.API_OWNER,
    ),
    "token-trimmed": Explained(
        "White space around the token",
        "The token was sent with blanks or line ends around it, which not every gateway removes.",
        "Send the token without them.",
        Owner.INTEGRATOR,
    ),
    "answer-depends-on-condition": Explained(
        "Answer depends on a condition",
        "The call is refused in every branch, but status or reason differ.",
        "Give the value of the condition to see which answer it is.",
        Owner.INTEGRATOR,
    ),
    "answer-may-change": Explained(
        "Answer may change later",
        "A policy that runs after the API may still replace the answer.",
        "Look at the outbound section.",
        Owner.API_OWNER,
    ),
    "earlier-policy-undecided": Explained(
        "An earlier policy may refuse first",
        "The refusal is certain, but an earlier policy that cannot be decided here may answer in its place.",
        "Give what the earlier policy needs.",
        Owner.INTEGRATOR,
    ),
    "too-many-conditions": Explained(
        "Too many unknown conditions",
        "Every unknown condition doubles the ways through the policy, and not all of them were followed.",
        "Give the values of the conditions.",
        Owner.INTEGRATOR,
    ),
    "unknown-policy": Explained(
        "Unknown policy",
        "A policy that is not known here may refuse the call, so no verdict is possible.",
        "Check the spelling of the element.",
        Owner.API_OWNER,
    ),
}
