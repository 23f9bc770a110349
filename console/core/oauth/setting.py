"""What varies between the profiles of one provider or grant, by name: it drives form, page, checks and hand-over.

The values of a profile are one mapping of texts, kept as one JSON column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

Settings = Mapping[str, str]
SUBJECT_FROM = "subject_from"  # of grants that pass a token on: where it comes from


class SettingShape(StrEnum):
    """What a value looks like, for the checks before anything is sent; the form takes any text."""

    TEXT = "text"
    TENANT = "tenant"  # a GUID, or a verified domain of the tenant
    TENANT_ID = "tenant_id"  # a GUID
    URL = "url"  # an absolute https address
    TOKEN_SOURCE = "token_source"  # the id of a profile, with / and the id of one of its connections where it has any


@dataclass(frozen=True, slots=True)
class Setting:
    """`name` is the key of the value, `label` and `help` are for people. `choices` are (value, title); () takes any.

    `when` is (name, values) of another setting: only with one of these is this one asked for, and kept.
    With `is_confirmed` it is no field: it holds what somebody agreed to, which the provider asks (`confirms`).
    With `is_variant` each choice stands in the list of providers by its own title, and the form asks no more for it.
    A provider has at most one such setting.
    """

    name: str
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = True
    is_variant: bool = False
    shape: SettingShape = SettingShape.TEXT
    max_length: int = 253
    when: tuple[str, tuple[str, ...]] | None = None
    is_confirmed: bool = False

    def is_asked(self, given: Settings) -> bool:
        return self.when is None or given.get(self.when[0], "") in self.when[1]


PASSED_ON = Setting(
    SUBJECT_FROM,
    "Token of another profile",
    help="Whose token is passed on. Without one, a token is pasted each time.",
    is_required=False,
    shape=SettingShape.TOKEN_SOURCE,
)


def problems(wanted: Iterable[Setting], given: Settings) -> dict[str, str]:
    """What is wrong with the values, one sentence for each name; empty when they are as the settings want them."""
    known = {setting.name: setting for setting in wanted if setting.is_asked(given)}
    strange = {name: f"There is no setting “{name}” here." for name in given if name not in known}
    found = {name: _problem(setting, given.get(name, "")) for name, setting in known.items()}
    return {**strange, **{name: problem for name, problem in found.items() if problem}}


def in_a_sentence(setting: Setting) -> str:
    """The label as it stands inside a sentence; an abbreviation keeps its capitals."""
    label = setting.label
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _problem(setting: Setting, value: str) -> str:
    label = in_a_sentence(setting)
    if not value:
        return f"Enter the {label}." if setting.is_required else ""
    if setting.choices and value not in dict(setting.choices):
        return f"“{value[:100]}” is not offered as {label}. Choose one of the list."
    if len(value) > setting.max_length:
        return f"The {label} is {len(value)} characters long; at most {setting.max_length} are kept."
    return _url_problem(label, value) if setting.shape is SettingShape.URL else ""


def _url_problem(label: str, value: str) -> str:
    """Plain http is left to the outbound rules, which a deployment sets."""
    shown = value[:100]
    try:
        split = urlsplit(value)
        host, _ = split.hostname, split.port
    except ValueError:
        return f"“{shown}” is not a URL that can be read. Enter the {label} as the provider's documents show it."
    if split.scheme not in ("https", "http") or not host:
        return f"“{shown}” is no address. Enter the {label} as a whole URL that begins with https://."
    if "@" in split.netloc:
        return f"The {label} holds an @ in front of its host. Enter it without a user name."
    return f"The {label} has a part behind #. Enter it without that." if split.fragment else ""
