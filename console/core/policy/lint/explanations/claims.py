"""Warnings about required claims and lists of values."""

from console.core.owner import Owner
from console.core.policy.lint.explanations.base import Explained

CLAIMS: dict[str, Explained] = {
    "match-all-single-valued": Explained(
        "All of several values wanted of a single one",
        "Without match the gateway wants every listed value, and this claim has only one: no token passes.",
        'Set match="any" on the claim.',
        Owner.API_OWNER,
    ),
    "match-default-all": Explained(
        "Every listed value is needed",
        'A claim without match means match="all", which is seldom what a list of roles or scopes is meant to say.',
        'Set match="any" if one value is enough, or match="all" to say that all are meant.',
        Owner.API_OWNER,
    ),
    "claims-exclude-each-other": Explained(
        "Two claims that no token meets",
        "Every claim element must be met, so a second one for the same claim narrows and never widens.",
        'Put all values into one claim element with match="any".',
        Owner.API_OWNER,
    ),
    "claim-name": Explained(
        "Claim that tokens do not have",
        "Claim names are compared letter by letter with the token's own, short names.",
        "Use the name as it stands in a decoded token.",
        Owner.API_OWNER,
    ),
    "roles-and-scopes": Explained(
        "Roles and scopes in one policy",
        "Applications get roles, persons get scopes, and only a person who also has a role carries both.",
        "Use one token policy for each kind of caller in a choose, or ask for only one of the two.",
        Owner.API_OWNER,
    ),
    "scope-separator": Explained(
        "Scopes are not taken apart",
        "A token with two scopes holds them in one text, which is then compared as a whole.",
        'Set separator=" " on the claim.',
        Owner.API_OWNER,
    ),
    "separator-missing": Explained(
        "Value is part of a longer text",
        "The token's claim holds several values in one text, and without a separator the text is compared as a whole.",
        'Set separator to what stands between the values, for scopes separator=" ".',
        Owner.API_OWNER,
    ),
    "value-holds-separator": Explained(
        "Wanted value holds the separator",
        "Only the token's text is taken apart at the separator, never the policy's, so no part can equal this value.",
        "Give each part a value element of its own.",
        Owner.API_OWNER,
    ),
    "several-in-one-value": Explained(
        "Several values in one element",
        "A list in one element, often from a named value, is compared as it stands.",
        "Give each value an element of its own.",
        Owner.API_OWNER,
    ),
    "duplicate-entry": Explained(
        "Value listed twice",
        "It has no effect, but the second was perhaps meant to be another value.",
        "Remove or correct the second one.",
        Owner.API_OWNER,
    ),
    "empty-entry": Explained(
        "Empty value",
        "A value was left out, or a named value that is empty was put in.",
        "Fill in the value or remove the element.",
        Owner.API_OWNER,
    ),
    "hidden-characters": Explained(
        "Invisible characters in a value",
        "The gateway compares every character, and what cannot be seen comes along when values are copied.",
        "Type the value again by hand.",
        Owner.API_OWNER,
    ),
    "audience-form": Explained(
        "Same API, other spelling",
        "The audience is the client id on one side and the App ID URI on the other, and every letter is compared.",
        "Add the audience of the token to the policy's list, beside the other form.",
        Owner.API_OWNER,
    ),
    "trailing-slash": Explained(
        "Audience differs by a slash",
        "The gateway's library forgives one slash at the end, but nobody has confirmed it for the gateway.",
        "Write the audience as it stands in the token.",
        Owner.API_OWNER,
    ),
    "group-overage": Explained(
        "Groups left out of the token",
        "Of a person with many groups the token has only a reference in place of the groups claim.",
        "Use app roles, or have only the groups that are assigned to the application written into tokens.",
        Owner.TENANT_ADMIN,
    ),
}
