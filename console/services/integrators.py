"""Who makes profiles and APIs."""

from console.core.actor import Actor, Role
from console.core.errors import NotAllowed


def integrates(actor: Actor) -> bool:
    """Whether the actor may make any; what is shared with them they may use all the same."""
    return actor.has(Role.INTEGRATOR) or actor.has(Role.ADMIN)


def must_integrate(actor: Actor) -> None:
    """Raises NotAllowed for people who only support: they open cases, they own no clients."""
    if not integrates(actor):
        raise NotAllowed(
            "Your account cannot make profiles or APIs.",
            why="Its only role is support, which opens the cases of others.",
            do="Ask an administrator of this console for the integrator role.",
            who="The console's administrator can do this.",
        )
