"""The two pages of a sign-in: who signs in, and what the client may do."""

from urllib.parse import urlsplit

from console.core.exchange import Response
from console.sandbox import pages, tickets
from console.sandbox.idp.delegated import OPENID
from console.sandbox.idp.sign_in_request import SignInRequest
from console.sandbox.pages import Button
from console.sandbox.people import MadeUpPerson
from console.sandbox.routes import Visit

OPENID_WORDS = {
    "openid": "Sign you in",
    "profile": "See your name",
    "email": "See your e-mail address",
    "offline_access": "Keep the access while you are away",
}
CANCEL = Button("cancel", "1", "Cancel")


def people_buttons(visit: Visit, hint: str = "") -> list[Button]:
    """One button for each of the workspace's people, the one that the client named first."""
    people = sorted(visit.world.people, key=lambda one: one.username != hint.lower())
    return [Button("person", one.id, one.name, _note(one)) for one in people]


def asked_for(scopes: tuple[str, ...], openid: tuple[str, ...], api: str) -> dict[str, str]:
    """What the client wants, in words, by label."""
    of_openid = [OPENID_WORDS[one] for one in OPENID if one in openid]
    return {
        **({f"At {api}": ", ".join(scopes)} if scopes else {}),
        **({"About you": ", ".join(of_openid)} if of_openid else {}),
    }


def sign_in_page(visit: Visit, asked: SignInRequest) -> Response:
    hint = asked["login_hint"]
    is_known = any(one.username == hint.lower() for one in visit.world.people)
    unknown = f"The application expects {hint}, whom this workspace does not know."
    return pages.page(
        200,
        "Sign in to the sandbox",
        pages.facts({"Application": asked.client.name, "It gets its answer at": asked.back.redirect_uri}),
        *([pages.paragraph(unknown)] if hint and not is_known else []),
        pages.paragraph("Who are you?"),
        _form(visit, asked, {}, "sign-in", *people_buttons(visit, hint), CANCEL),
        now=visit.now,
    )


def consent_page(visit: Visit, asked: SignInRequest, person: MadeUpPerson) -> Response:
    """What the client wants, all of it, for this person alone."""
    wanted = asked.wanted
    return pages.page(
        200,
        f"May {asked.client.name} do this?",
        pages.facts(
            {
                "You are": f"{person.name} ({person.username})",
                **asked_for(wanted.scopes, wanted.openid, wanted.api.name),
                "It gets its answer at": asked.back.redirect_uri,
            }
        ),
        _form(
            visit,
            asked,
            {"person": person.id},
            f"consent {person.id}",
            Button("consent", "allow", "Allow", is_primary=True),
            Button("consent", "deny", "Deny"),
        ),
        now=visit.now,
    )


def _form(visit: Visit, asked: SignInRequest, hidden: dict[str, str], purpose: str, *buttons: Button) -> pages.Html:
    path = urlsplit(visit.request.url).path.removesuffix("/sign-in") + "/sign-in"
    ticket = tickets.new(
        f"{path}\n{asked.text}", purpose=purpose, base=visit.address.base, keys=visit.keys, now=visit.now
    )
    return pages.form(path, {"asked": asked.text, "ticket": ticket, **hidden}, *buttons)


def _note(person: MadeUpPerson) -> str:
    guest = f", guest of {person.guest_of}" if person.guest_of else ""
    roles = sum(len(one.roles) for one in person.grants)
    return f"{person.username}{guest}: {roles or 'no'} app role{'' if roles == 1 else 's'}"
