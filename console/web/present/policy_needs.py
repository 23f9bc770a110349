"""What would settle an open verdict: each with the place on the page where it can be given."""

from console.core.policy.keep.policy_text import all_open_values
from console.services.policies import PolicyAnswer
from console.web.forms.policy_values import NAMES, field_id


def needs_view(answer: PolicyAnswer) -> list[dict[str, str]]:
    """`need` is what is missing, `kind` its sort in words, `url` a link to its field; "" where there is none."""
    if answer.trace is None or answer.trial is None:
        return []
    open_now = all_open_values(answer.trial.document, answer.trial.values)
    fields = {_as_needed(one.kind, one.name): one for one in open_now}
    addresses = {one.url for one in answer.metadata}
    found = []
    for need in answer.trace.needs:
        one = fields.get(need)
        url = f"#id_v-{field_id(one.kind, one.name)}" if one else "#fetch-metadata" if need in addresses else ""
        kind = NAMES[one.kind] if one else "Metadata" if need in addresses else ""
        found.append({"need": need, "kind": kind, "url": url})
    return found


def _as_needed(kind: str, name: str) -> str:
    return f"{{{{{name}}}}}" if kind == "named-value" else name
