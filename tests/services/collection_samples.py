"""A profile of the sandbox with saved requests, and collections of them, for tests."""

from console.core.actor import Actor
from console.core.collections.collection import Collection, CollectionStep
from console.core.compose.draft import RequestDraft
from console.services import collections, opening, profiles, saved_requests
from console.services.opening import OpenProfile

SECRET = "Sample: orders with a secret"
LIST = RequestDraft("GET", "/orders")
READ = RequestDraft("GET", "/echo/{{orderId}}", "by={{customer}}")
WRITE = RequestDraft("POST", "/echo", headers=(("Content-Type", "application/json"),), body='{"order": "{{orderId}}"}')
TAKES = "orderId = $.orders[0].id\ncustomer = $.orders[0].customer"


def opened_sample(actor: Actor, name: str = SECRET) -> OpenProfile:
    profile = next(one for one in profiles.list_profiles(actor) if one.name == name)
    return opening.of_profile(actor, "use", profile.id)


def step(opened: OpenProfile, name: str, draft: RequestDraft, expects: str = "", takes: str = "") -> CollectionStep:
    return CollectionStep(saved_requests.save(opened, name, draft).id, expects, takes)


def orders(opened: OpenProfile, *more: CollectionStep, stops_early: bool = False, name: str = "Orders") -> Collection:
    """Lists orders, then reads the first by values of that answer, then what `more` says."""
    first = step(opened, "List orders", LIST, "status 200\n$.orders[0].id exists", TAKES)
    second = step(opened, "Read the first", READ, "$.path is /echo/{{orderId}}\n$.query contains Contoso")
    return collections.make(opened, name, [first, second, *more], stops_early=stops_early)
