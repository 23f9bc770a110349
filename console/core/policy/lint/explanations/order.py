"""Warnings about the order of policies, and about what is not in the text."""

from console.core.owner import Owner
from console.core.policy.lint.explanations.base import Explained

ORDER: dict[str, Explained] = {
    "hidden-scope": Explained(
        "Policies of parent scopes",
        "The base element runs policies of the global, product or API scope, which may refuse a call, too.",
        "Paste the effective policy of the operation to see all of them.",
        Owner.API_OWNER,
    ),
    "hidden-fragment": Explained(
        "Policies in a fragment",
        "A fragment may hold a token policy or refuse a call, and its text is not here.",
        "Add the fragment's text.",
        Owner.API_OWNER,
    ),
    "token-overwritten": Explained(
        "Token is replaced before it is checked",
        "Policies run from top to bottom, so the token policy sees what an earlier policy put there.",
        "Move the earlier policy below the token policy.",
        Owner.API_OWNER,
    ),
    "never-reached": Explained(
        "Token policy is never reached",
        "An earlier policy answers every call, so nobody's token is checked.",
        "Move the token policy up.",
        Owner.API_OWNER,
    ),
    "conditional-validation": Explained(
        "Some calls are not checked",
        "A choose without otherwise lets a call through unchecked when none of its conditions holds.",
        "Add an otherwise with a token policy or with a return-response that refuses.",
        Owner.API_OWNER,
    ),
    "policies-exclude-each-other": Explained(
        "Two token policies that no token passes",
        "Every token policy on the way must be passed, so what two of them accept must overlap.",
        "List both values in one policy, or put the policies into branches of a choose.",
        Owner.API_OWNER,
    ),
    "cors-after-token-policy": Explained(
        "cors after the token policy",
        "An error from a policy above cors has no CORS headers, and a browser shows a CORS error in place of the 401.",
        "Make cors the first policy of the inbound section.",
        Owner.API_OWNER,
    ),
    "cors-without-token-header": Explained(
        "cors does not allow the token's header",
        "A browser asks before it sends the header, and stops when it is not among the allowed ones.",
        "Add the header, or *, to allowed-headers.",
        Owner.API_OWNER,
    ),
    "cors-mismatch": Explained(
        "Origin or method not allowed by cors",
        "The browser stops the call or hides the answer, whatever the token says.",
        "Add the page's origin, method or header to the cors policy.",
        Owner.API_OWNER,
    ),
    "preflight-not-answered": Explained(
        "Preflight meets the token policy",
        "A browser's preflight has no token, so without a cors policy it is refused.",
        "Add a cors policy as the first one of the inbound section.",
        Owner.API_OWNER,
    ),
    "cached-before-validation": Explained(
        "Cached answers without a check",
        "When the cache has an answer, the policies below cache-lookup do not run.",
        "Move cache-lookup below the token policy.",
        Owner.API_OWNER,
    ),
    "answer-shared-by-cache": Explained(
        "One caller may get another's answer",
        "With allow-private-response-caching an answer made for one caller is kept and given to the next.",
        "Add a vary-by-header for Authorization, or remove allow-private-response-caching.",
        Owner.API_OWNER,
    ),
    "refusal-hidden": Explained(
        "Refusals look like successes",
        "on-error replaces the 401 by a status that says success, and clients go on without data.",
        "Give the answer of on-error the status of the error (context.Response.StatusCode).",
        Owner.API_OWNER,
    ),
    "on-error-overrides": Explained(
        "on-error builds the answer",
        "The message and perhaps the status of the token policy never reach the caller.",
        "Look for the reason in the gateway's log (LastErrorReason); the answer does not tell it.",
        Owner.API_OWNER,
    ),
    "unverified-token": Explained(
        "Token read without verification",
        "AsJwt and TryParseJwt read a token, but do not check its signature: anybody can write what they read.",
        "Put a token policy above it and read its output-token-variable-name.",
        Owner.API_OWNER,
    ),
    "variable-before-policy": Explained(
        "Variable is read too early",
        "The variable is there once the token policy has run; before, the expression fails or gives nothing.",
        "Move the policy that reads it below the token policy.",
        Owner.API_OWNER,
    ),
    "output-variable-unused": Explained(
        "Variable that nothing reads here",
        "It may be read by a policy of another scope; else a check that was planned is missing.",
        "Remove output-token-variable-name if no other scope reads it.",
        Owner.API_OWNER,
    ),
    "token-in-log": Explained(
        "Credentials in a log",
        "Whoever may read the log can use the token or key until it expires.",
        "Log a claim, such as sub or azp, in place of the whole header.",
        Owner.API_OWNER,
    ),
    "secret-in-policy": Explained(
        "Secret in the policy's text",
        "Everybody who may read the policy, its history or this page's source reads the secret.",
        "Keep it as a secret named value, best from a key vault, and exchange the one that stood here.",
        Owner.API_OWNER,
    ),
    "wrong-section": Explained(
        "Policy in the wrong section",
        "It is documented for the inbound section; elsewhere it comes too late to keep a caller out.",
        "Move it to the inbound section.",
        Owner.API_OWNER,
    ),
    "element-order": Explained(
        "Elements in another order than published",
        "The published schema wants one order, and the gateway may refuse to store the policy.",
        "Put the elements into the published order.",
        Owner.API_OWNER,
    ),
}
