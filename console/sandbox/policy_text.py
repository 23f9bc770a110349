"""Placeholders in stored texts of the sandbox: where it is served, and which clients it knows."""

from console.sandbox.state import State

BASE = "{sandbox}"
CLIENTS = "{sandbox-clients}"


def fill(text: str, *, base: str, state: State) -> str:
    """The text with `{sandbox}` as the base URL and `{sandbox-clients}` as one `<value>` per registered client."""
    values = "".join(f"<value>{client.id}</value>" for client in state.clients)
    return text.replace(CLIENTS, values).replace(BASE, base)
