"""Warnings that only a call brings up: about its token, its metadata, and how certain the verdict is."""

from console.core.owner import Owner
from console.core.policy.lint.base import Explained

_TABLE = (
    Explained(
        code="separator-missing",
        title="Value is part of a longer text",
        why="The token's claim holds several values in one text, and without a separator the text is compared as a "
        "whole.",
        do='Set separator to what stands between the values, for scopes separator=" ".',
        who=Owner.API_OWNER,
    ),
    Explained(
        code="audience-form",
        title="Same API, other spelling",
        why="The audience is the client id on one side and the App ID URI on the other, and every letter is compared.",
        do="Add the audience of the token to the policy's list, beside the other form.",
        who=Owner.API_OWNER,
    ),
    Explained(
        code="trailing-slash",
        title="Audience differs by a slash",
        why="The gateway's library forgives one slash at the end, but nobody has confirmed it for the gateway.",
        do="Write the audience as it stands in the token.",
        who=Owner.API_OWNER,
    ),
    Explained(
        code="group-overage",
        title="Groups left out of the token",
        why="Of a person with many groups the token has only a reference in place of the groups claim.",
        do="Use app roles, or have only the groups that are assigned to the application written into tokens.",
        who=Owner.TENANT_ADMIN,
    ),
    Explained(
        code="cors-mismatch",
        title="Origin or method not allowed by cors",
        why="The browser stops the call or hides the answer, whatever the token says.",
        do="Add the page's origin, method or header to the cors policy.",
        who=Owner.API_OWNER,
    ),
    Explained(
        code="preflight-not-answered",
        title="Preflight meets the token policy",
        why="A browser's preflight has no token, so without a cors policy it is refused.",
        do="Add a cors policy as the first one of the inbound section.",
        who=Owner.API_OWNER,
    ),
    Explained(
        code="on-error-overrides",
        title="on-error builds the answer",
        why="The message and perhaps the status of the token policy never reach the caller.",
        do="Look for the reason in the gateway's log (LastErrorReason); the answer does not tell it.",
        who=Owner.API_OWNER,
    ),
    Explained(
        code="unconfirmed-body",
        title="Text of the answer is not confirmed",
        why="The status is known, but nobody has written down the gateway's exact text.",
        do="Rely on the status, not on the text.",
        who=Owner.INTEGRATOR,
    ),
    Explained(
        code="algorithm-not-listed",
        title="Algorithm not documented",
        why="The gateway's library knows the algorithm, but the documentation does not list it.",
        do="Sign with RS256, PS256, RS512 or ES256.",
        who=Owner.IDENTITY_PROVIDER,
    ),
    Explained(
        code="graph-token",
        title="Token for Microsoft Graph",
        why="Its signature is made so that only Graph can verify it.",
        do="Request a token for this API: a scope that begins with the API's own audience.",
        who=Owner.INTEGRATOR,
    ),
    Explained(
        code="key-roll",
        title="Key is not in the metadata",
        why="After a change of keys the gateway reads the metadata again at most every five minutes.",
        do="Wait five minutes and try again; if it stays, the token comes from another issuer.",
        who=Owner.INTEGRATOR,
    ),
    Explained(
        code="metadata-unreachable",
        title="Metadata cannot be read",
        why="Without the metadata there are no keys, and every token is refused.",
        do="Make the address reachable from the gateway, or correct it.",
        who=Owner.API_OWNER,
    ),
    Explained(
        code="token-trimmed",
        title="White space around the token",
        why="The token was sent with blanks or line ends around it, which not every gateway removes.",
        do="Send the token without them.",
        who=Owner.INTEGRATOR,
    ),
    Explained(
        code="answer-depends-on-condition",
        title="Answer depends on a condition",
        why="The call is refused in every branch, but status or reason differ.",
        do="Give the value of the condition to see which answer it is.",
        who=Owner.INTEGRATOR,
    ),
    Explained(
        code="answer-may-change",
        title="Answer may change later",
        why="A policy that runs after the API may still replace the answer.",
        do="Look at the outbound section.",
        who=Owner.API_OWNER,
    ),
    Explained(
        code="earlier-policy-undecided",
        title="An earlier policy may refuse first",
        why="The refusal is certain, but an earlier policy that cannot be decided here may answer in its place.",
        do="Give what the earlier policy needs.",
        who=Owner.INTEGRATOR,
    ),
    Explained(
        code="too-many-conditions",
        title="Too many unknown conditions",
        why="Every unknown condition doubles the ways through the policy, and not all of them were followed.",
        do="Give the values of the conditions.",
        who=Owner.INTEGRATOR,
    ),
    Explained(
        code="unknown-policy",
        title="Unknown policy",
        why="A policy that is not known here may refuse the call, so no verdict is possible.",
        do="Check the spelling of the element.",
        who=Owner.API_OWNER,
    ),
)
OF_A_CALL = {one.code: one for one in _TABLE}
