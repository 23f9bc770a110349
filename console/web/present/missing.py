"""What would settle an open diagnosis, as missing.html shows it, with a text for each person who has some of it."""

from collections.abc import Iterable
from typing import Any

from console.core.diagnosis.asking import AskText
from console.core.diagnosis.base import Missing
from console.core.diagnosis.markdown import as_markdown
from console.core.owner import Owner

ASK_OF = {
    Owner.INTEGRATOR: "Text that asks the integrator",
    Owner.API_OWNER: "Text that asks the API’s owner",
    Owner.TENANT_ADMIN: "Text that asks the provider’s administrator",
    Owner.IDENTITY_PROVIDER: "Text that asks the provider’s support",
    Owner.NETWORK: "Text that asks the network’s people",
    Owner.END_USER: "Text that asks the person who signs in",
    Owner.CONSOLE_ADMIN: "Text that asks the console’s administrator",
}


def missing_view(wanted: Iterable[Missing], asks: Iterable[AskText]) -> dict[str, Any]:
    """`rows`: what, why, how, command ("" for none) of each; `asks`: see text_view."""
    return {
        "rows": [
            {"what": f"{one.what[:1].upper()}{one.what[1:]}", "why": one.why, "how": one.how, "command": one.command}
            for one in wanted
        ],
        "asks": [text_view(ASK_OF[one.who], one.text, f"ask-{one.who.value}") for one in asks],
    }


def text_view(title: str, text: str, key: str) -> dict[str, str]:
    """A text to hand on, plain and as Markdown; `key` makes its ids unique in the card."""
    return {"title": title, "text": text, "markdown": as_markdown(text), "key": key}
