"""What somebody may choose from, by name."""

from console.core.actor import Actor
from console.models import Api, Profile
from console.store.visibility import all_names

Names = list[tuple[str, str]]


def of_profiles_and_apis(actor: Actor) -> tuple[Names, Names]:
    """Id and name of each profile and of each Api that the actor may see, by name."""
    found = all_names(actor)
    return found[Profile], found[Api]
