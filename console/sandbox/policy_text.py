"""Placeholders in stored texts of the sandbox: where it is served, and which clients it knows."""

from console.sandbox.state import State

BASE = "{sandbox}"
CLIENTS = "{sandbox-clients}"


def fill(text: str, *, base: str, state: State) -> str:
    """The text with `{sandbox}` as the base URL and `{sandbox-clients}` as one `<value>` per registered client."""
    return text.replace(CLIENTS, _values(state)).replace(BASE, base)


def unfill(text: str, *, base: str, state: State) -> str:
    """The opposite of `fill`, so that an edited text stays true when address or clients change."""
    placed = text.replace(base, BASE)
    return placed.replace(_values(state), CLIENTS) if state.clients else placed


def _values(state: State) -> str:
    return "".join(f"<value>{client.id}</value>" for client in state.clients)
