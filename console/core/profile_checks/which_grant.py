"""Which grant is needed: a few questions about who is there and whose API is called, and what follows from the answers.

Each question is asked only where its answer still decides something. Sources: RFC 6749 section 4, RFC 8628, RFC 8693,
reference grants.md section 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChooserQuestion:
    """`choices` are (code, text)."""

    name: str
    text: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Errand:
    """What to ask whom for, before the profile can get a token."""

    whom: str
    what: str


@dataclass(frozen=True, slots=True)
class Advised:
    """`provider` is a choice of the list of providers (`code` or `code:variant`), `grant` a code of the catalogue."""

    code: str
    title: str
    provider: str
    grant: str
    why: str
    errands: tuple[Errand, ...]
    then: str = ""


PERSON = ChooserQuestion(
    "person",
    "Is a person there when the token is asked for?",
    (
        ("nobody", "No: a program asks by itself"),
        ("here", "Yes, and can sign in in a browser"),
        ("elsewhere", "Yes, at a device without a browser: a script, a screen, a machine"),
        ("before", "A person signed in before, and their token reaches my application"),
    ),
)
WHO = ChooserQuestion(
    "who",
    "Who is that person?",
    (
        ("citizen", "A citizen or another user of a public service"),
        ("employee", "An employee of my organisation"),
        ("other", "Somebody else: a customer, a partner"),
    ),
)
TRAVELS = ChooserQuestion(
    "travels",
    "Does the person’s identity go on to the API that is called?",
    (
        ("yes", "Yes: the API must know for whom it is called"),
        ("no", "No: the application calls in its own name"),
    ),
)
API = ChooserQuestion(
    "api",
    "Whose API is called?",
    (
        ("internal", "One of my own organisation"),
        ("public", "One of another organisation, shared through Maskinporten"),
        ("external", "Another one outside my organisation"),
    ),
)
OWN_OR_NOT = ChooserQuestion(
    "api",
    API.text,
    (("internal", "One of my own organisation"), ("external", "One outside my organisation")),
)
QUESTIONS = (PERSON, WHO, TRAVELS, API)
_REGISTER = "registration of your client, for this grant: you get a client ID"


def next_question(answers: Answers) -> ChooserQuestion | None:
    """What is still to be asked; None when the answers decide. An answer that nobody offered counts as none."""
    for question in _asked(answers):
        if answers.get(question.name) not in dict(question.choices):
            return question
    return None


def answered(answers: Answers) -> dict[str, str]:
    """The answers that count, in the order of their questions."""
    found: dict[str, str] = {}
    for question in _asked(answers):
        if answers.get(question.name) not in dict(question.choices):
            break
        found[question.name] = answers[question.name]
    return found


def question_of(answers: Answers, name: str) -> ChooserQuestion:
    """The question as it was asked beside these answers; KeyError for a name of none."""
    return {question.name: question for question in _asked(answers)}[name]


def advised(answers: Answers) -> Advised | None:
    """What the answers come to; None while a question is open."""
    if next_question(answers) is not None:
        return None
    return ADVISED[_outcome(answers)]


def _asked(answers: Answers) -> tuple[ChooserQuestion, ...]:
    person = answers.get("person")
    if person == "nobody":
        return PERSON, API
    if answers.get("travels") == "no":
        return PERSON, WHO, TRAVELS, API
    is_settled = answers.get("who") == "citizen" or person == "before"
    return (PERSON, WHO, TRAVELS) if is_settled else (PERSON, WHO, TRAVELS, OWN_OR_NOT)


def _outcome(answers: Answers) -> str:
    person, who, api = answers["person"], answers.get("who", ""), answers.get("api", "")
    if person == "nobody" or answers.get("travels") == "no":
        return {"internal": "own-name", "public": "organisation", "external": "own-name-outside"}[api]
    if person == "before":
        return {"citizen": "citizen-on", "employee": "employee-on", "other": "other-on"}[who]
    if who == "citizen":
        return "citizen-in" if person == "here" else "citizen-device"
    is_device = person == "elsewhere"
    if who == "employee" and api == "internal":
        return "employee-device" if is_device else "employee-in"
    return "other-device" if is_device else "other-in"


ADVISED: dict[str, Advised] = {
    one.code: one
    for one in (
        Advised(
            "own-name",
            "Client credentials at Microsoft Entra ID",
            "entra:global",
            "client_credentials",
            "Nobody’s identity is needed: the application asks in its own name, and an administrator has granted it "
            "what it may do.",
            (
                Errand("Your tenant’s administrator", f"{_REGISTER}, and an app role of the API granted with consent"),
                Errand("The API’s owner", "its Application ID URI, and which app role you need"),
            ),
        ),
        Advised(
            "own-name-outside",
            "Client credentials at the API’s own provider",
            "generic:outside",
            "client_credentials",
            "The application asks in its own name, at the server that the API trusts. Where that is Keycloak, Auth0, "
            "Okta, Cognito or Google, choose it in the form: it knows their ways.",
            (
                Errand("The API’s owner", f"{_REGISTER} and a secret, or the place to upload your public key"),
                Errand("The API’s owner", "the issuer of the tokens, and the scope or audience to ask for"),
            ),
        ),
        Advised(
            "organisation",
            "A signed grant at Maskinporten",
            "maskinporten:test",
            "jwt_bearer",
            "One organisation calls another without a person. Maskinporten vouches for yours, and the API’s owner "
            "gives it access to a scope.",
            (
                Errand("The API’s owner", "access to the scope for your organisation number"),
                Errand("Whoever has Samarbeidsportalen", "a client with that scope, and your public key on it"),
                Errand("Your customer, if you act for one", "delegation of the scope to you in Altinn"),
            ),
        ),
        Advised(
            "citizen-in",
            "Authorization code at ID-porten",
            "idporten:test",
            "authorization_code",
            "A citizen signs in in a browser, as strongly as you ask for. The code comes back to this console and is "
            "redeemed with PKCE.",
            (Errand("Whoever has Samarbeidsportalen", "a client with this console’s address to come back to"),),
            then="To call an API behind NAIS in the citizen’s name, exchange the token at TokenX: answer again, and "
            "say that the person signed in before.",
        ),
        Advised(
            "citizen-device",
            "Authorization code at ID-porten",
            "idporten:test",
            "authorization_code",
            "ID-porten has no sign-in for devices without a browser: the citizen must use one, on a telephone or a "
            "computer.",
            (Errand("Whoever has Samarbeidsportalen", "a client with this console’s address to come back to"),),
        ),
        Advised(
            "citizen-on",
            "Token exchange at TokenX",
            "tokenx:dev",
            "token_exchange",
            "The citizen’s token was made for your application. TokenX exchanges it for one that is made for the next, "
            "and the citizen’s identity goes along.",
            (
                Errand("The API’s team", "your application in accessPolicy.inbound of its NAIS manifest"),
                Errand("Your platform", "the client ID and the private key that NAIS gives your application"),
            ),
        ),
        Advised(
            "employee-in",
            "Authorization code at Microsoft Entra ID",
            "entra:global",
            "authorization_code",
            "An employee signs in in a browser, and the API learns for whom it is called.",
            (
                Errand("Your tenant’s administrator", f"{_REGISTER}, with this console’s address to come back to"),
                Errand("The API’s owner", "the scope to ask for"),
            ),
        ),
        Advised(
            "employee-device",
            "Device code at Microsoft Entra ID",
            "entra:global",
            "device_code",
            "The device shows a code, and the employee signs in with it elsewhere.",
            (
                Errand("Your tenant’s administrator", f"{_REGISTER}, with public client flows allowed"),
                Errand("The API’s owner", "the scope to ask for"),
            ),
        ),
        Advised(
            "employee-on",
            "On behalf of, at Microsoft Entra ID",
            "entra:global",
            "on_behalf_of",
            "The employee’s token was made for your application. Entra gives one for the next API in return, in the "
            "employee’s name.",
            (
                Errand("Your tenant’s administrator", "the permission to call the next API, with consent"),
                Errand("The next API’s owner", "its Application ID URI"),
            ),
        ),
        Advised(
            "other-in",
            "Authorization code at the person’s provider",
            "generic:outside",
            "authorization_code",
            "The person signs in in a browser at the server that the API trusts. Where that is Keycloak, Auth0, Okta, "
            "Cognito, Google or Entra External ID, choose it in the form.",
            (
                Errand("Who runs that server", f"{_REGISTER}, with this console’s address to come back to"),
                Errand("The API’s owner", "the issuer that the API trusts, and the scope to ask for"),
            ),
        ),
        Advised(
            "other-device",
            "Device code at the person’s provider",
            "generic:outside",
            "device_code",
            "The device shows a code, and the person signs in with it elsewhere. Not every server offers this.",
            (Errand("Who runs that server", f"{_REGISTER}, and whether it takes device codes"),),
        ),
        Advised(
            "other-on",
            "Token exchange at the person’s provider",
            "generic:outside",
            "token_exchange",
            "The person’s token was made for your application. Servers that know token exchange (RFC 8693) give one "
            "for the next API in return.",
            (Errand("Who runs that server", f"{_REGISTER}, and which audience to exchange for"),),
        ),
    )
}
