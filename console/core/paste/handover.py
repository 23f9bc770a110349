"""The parts of a client registration out of what people are handed: a mail, a token URL, a command, JSON, a table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from console.core.compare import GUID, is_guid
from console.core.credential import Secret
from console.core.json.text import HIDDEN
from console.core.paste import naming, values
from console.core.paste.addresses import ProviderAddress, is_login, read_address
from console.core.paste.commands import join_lines, read_commands
from console.core.paste.labels import LabelledValue, Part
from console.core.paste.lines import read_lines
from console.core.paste.named_provider import NamedProvider, named_provider
from console.core.paste.setting_values import read_settings
from console.core.paste.structure import read_json
from console.core.providers import entra
from console.core.providers import sandbox as sandbox_provider
from console.core.redaction.names import MASK
from console.core.redaction.redact import redact_text

MAX_LENGTH = 65_536
_MOST_NOTES = 12
_SHOWN = 200  # characters of a line
_TENANT_DOMAIN = (".onmicrosoft.com", ".onmicrosoft.us", ".partner.onmschina.cn")
_QUOTED_MAIL = re.compile(r"^(?:> ?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Handover:
    """What was found; "" (or None) where nothing was. `cloud` is a code of the Entra cloud table.

    `is_sandbox`: the text names the console's own sandbox as provider. `sample_path` is what an example calls below
    `base_url`. `name` and `environment` are proposals. `lines` gives, by the name of the field, the line in which its
    value stands, secrets masked. `notes` are sentences about what was odd, doubtful or left out; no secret is in them.
    `other_settings` are those of providers and grants beside tenant and cloud, by name. `named` is the code of a
    provider beside Entra and the sandbox's own, whose words the text was then read in; "" for none.
    """

    tenant: str = ""
    cloud: str = ""
    client_id: str = ""
    scope: str = ""
    base_url: str = ""
    subscription_key: Secret | None = None
    client_secret: Secret | None = None
    notes: tuple[str, ...] = ()
    is_sandbox: bool = False
    sample_path: str = ""
    name: str = ""
    environment: str = ""
    lines: Mapping[str, str] = field(default_factory=dict, compare=False)
    other_settings: Mapping[str, str] = field(default_factory=dict)
    named: str = ""

    @property
    def provider(self) -> str:
        """The code of the provider that the text names; "" when it names none."""
        if self.named:
            return self.named
        return sandbox_provider.PROVIDER.code if self.is_sandbox else entra.PROVIDER.code if self.cloud else ""

    @property
    def settings(self) -> dict[str, str]:
        """What was found of a profile's settings, by their names."""
        addressed = {name: value for name, value in (("cloud", self.cloud), ("tenant", self.tenant)) if value}
        return {**self.other_settings, **addressed}


def read_handover(text: str, *, sandbox: str = "") -> Handover:
    """Picks out what a text says; never raises. Only the first 64 KB are read.

    `sandbox` is the base URL of the reader's workspace in the console's sandbox, "" without one.
    """
    notes = _Notes()
    if len(text) > MAX_LENGTH:
        notes.add(f"Only the first {MAX_LENGTH:,} characters of the text were read.")
    text = _tidy(text[:MAX_LENGTH], notes)
    named, rest = _read(text)
    words = values.pieces(rest)
    addresses = _addresses(named, words, notes, sandbox=sandbox)
    secret = _secret(named, notes)
    key = _first(named, Part.KEY, notes) or _first(named, Part.SECOND_KEY, notes)
    base_url, sample_path = _base_url(named, notes)
    found = Handover(
        tenant=_tenant(named, addresses, words, notes),
        cloud=notes.choose("cloud", [address.cloud for address in addresses]),
        client_id=_client_id(named, notes),
        scope=_scope(named, words, notes),
        base_url=base_url,
        sample_path=sample_path,
        is_sandbox=any(address.is_sandbox for address in addresses),
        subscription_key=Secret(key) if key else None,
        client_secret=Secret(secret) if secret else None,
        other_settings=read_settings(text),
    )
    told = named_provider(text, words, named)
    if told is not None:
        found = _in_its_words(found, told)
    if not found.named or not found.client_id:
        _note_lone_ids(rest, named, words, notes)
    environment = naming.environment_in(found.base_url, text)
    return replace(
        found,
        name=naming.name_of(found.base_url, environment),
        environment=environment,
        lines=_lines(text, found, [secret, *_all(named, Part.KEY), *_all(named, Part.SECOND_KEY)]),
        notes=notes.told(),
    )


def _in_its_words(found: Handover, told: NamedProvider) -> Handover:
    """What was read as Entra's is no longer taken for it."""
    is_providers = any(found.base_url and found.base_url in one for one in told.settings.values())
    return replace(
        found,
        named=told.provider.code,
        tenant="",
        cloud="",
        is_sandbox=False,
        client_id=told.client_id,
        scope=told.scope,
        base_url="" if is_providers else found.base_url,
        other_settings=told.settings,
    )


class _Notes:
    """Collects sentences; each is told once."""

    def __init__(self) -> None:
        self._told: dict[str, None] = {}

    def add(self, sentence: str) -> None:
        if sentence:
            self._told[sentence] = None

    def told(self) -> tuple[str, ...]:
        return tuple(self._told)[:_MOST_NOTES]

    def choose(self, name: str, found: list[str]) -> str:
        """The first value found; a note when the text names others too."""
        given = [value for value in found if value]
        if len({value.lower() for value in given}) > 1:
            self.add(f"The text names more than one {name}; the first was taken.")
        return given[0] if given else ""


def _tidy(text: str, notes: _Notes) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u00a0", " ")
    tidied = HIDDEN.sub(lambda match: " " if match[0].isspace() else "", plain)
    if tidied != plain:
        notes.add("Invisible characters in the text were left out.")
    return join_lines(_QUOTED_MAIL.sub("", tidied))


def _read(text: str) -> tuple[list[LabelledValue], str]:
    """What is named, by the surest way first, and the text without commands and JSON."""
    commands, rest = read_commands(text)
    structure, rest = read_json(rest)
    return [*commands, *structure, *read_lines(rest)], rest


def _addresses(named: list[LabelledValue], words: list[str], notes: _Notes, *, sandbox: str) -> list[ProviderAddress]:
    behind_labels = [word for one in named for word in values.pieces(one.value)]
    found = [read_address(word, sandbox=sandbox) for word in [*behind_labels, *words] if is_login(word)]
    for address in found:
        notes.add(address.note)
    return found


_READERS = {
    Part.CLIENT_ID: values.guid_in,
    Part.TENANT: values.tenant_in,
    Part.SCOPE: values.scope_in,
    Part.RESOURCE: values.resource_in,
    Part.AUDIENCE: values.resource_in,
    Part.BASE_URL: values.base_url_in,
    Part.SAMPLE_URL: values.base_url_in,
    Part.SOME_URL: values.base_url_in,
    Part.KEY: values.secret_in,
    Part.SECOND_KEY: values.secret_in,
    Part.SECRET: values.secret_in,
}


def _all(named: list[LabelledValue], part: Part) -> list[str]:
    return [_READERS[part](one.value) for one in named if one.part is part]


def _first(named: list[LabelledValue], part: Part, notes: _Notes) -> str:
    return notes.choose(part.value, _all(named, part))


def _base_url(named: list[LabelledValue], notes: _Notes) -> tuple[str, str]:
    """The base URL and what an example calls below it: what is called so by its label, before what is only called."""
    samples = [url for url in _all(named, Part.SAMPLE_URL) if url]
    base = _first(named, Part.BASE_URL, notes) or _first(named, Part.SOME_URL, notes)
    if not base:
        return notes.choose("base URL", samples), ""
    below = (url.removeprefix(base) for url in samples if url.startswith(f"{base}/"))
    return base, next(below, "")


def _client_id(named: list[LabelledValue], notes: _Notes) -> str:
    found = _first(named, Part.CLIENT_ID, notes)
    if not found and any(one.part is Part.CLIENT_ID for one in named):
        notes.add("A client ID is mentioned, but not as a GUID: enter it by hand.")
    return found


def _tenant(named: list[LabelledValue], addresses: list[ProviderAddress], words: list[str], notes: _Notes) -> str:
    """The id before the domain: a tenant has one id and many domains."""
    found = [*_all(named, Part.TENANT), *(address.tenant for address in addresses)]
    found += [word for word in words if word.lower().endswith(_TENANT_DOMAIN) and "@" not in word and "/" not in word]
    ids = [value for value in found if is_guid(value)]
    return notes.choose("tenant", ids or found)


def _scope(named: list[LabelledValue], words: list[str], notes: _Notes) -> str:
    """The surest source decides: a named scope, one that stands free, a named API, an audience, a free api:// URI."""
    sources = (
        _all(named, Part.SCOPE),
        [values.scope_in(word) for word in words if word.endswith("/.default")],
        _all(named, Part.RESOURCE),
        _all(named, Part.AUDIENCE),
        [values.resource_in(word) for word in words if word.startswith("api://")],
    )
    return next((scope for source in sources if (scope := notes.choose("scope", source))), "")


def _secret(named: list[LabelledValue], notes: _Notes) -> str:
    found = _first(named, Part.SECRET, notes)
    if found and is_guid(found):
        notes.add(
            "The client secret in the text looks like the ID of a secret, so it was not taken: ask for its value."
        )
        return ""
    if not found and any(one.part is Part.SECRET_ID for one in named):
        notes.add("The text holds the ID of a secret, not its value: ask for the value.")
    return found


def _note_lone_ids(text: str, named: list[LabelledValue], words: list[str], notes: _Notes) -> None:
    """Tells about ids without a known label: they may be the client's, the tenant's, the API's or anything."""
    known = {match.lower() for one in named for match in GUID.findall(one.value)}
    known |= {match.lower() for word in words if "/" in word for match in GUID.findall(word)}
    for guid in dict.fromkeys(GUID.findall(text)):
        if guid.lower() not in known:
            notes.add(
                f"The ID that begins with {guid[:8]} stands without a known label: "
                "it may be the client ID, the tenant or the API's ID, so enter it where it belongs."
            )


def _lines(text: str, found: Handover, secrets: list[str]) -> dict[str, str]:
    """The first line that holds each value, with every secret in it masked."""
    wanted = {
        **found.other_settings,
        "tenant": found.tenant,
        "client_id": found.client_id,
        "scope": found.scope.split(" ")[0].removesuffix("/.default"),
        "api_base_url": found.base_url,  # a setting of a provider may be called base_url
        "secret": found.client_secret.reveal() if found.client_secret else "",
        "key": found.subscription_key.reveal() if found.subscription_key else "",
    }
    lines = text.split("\n")
    stand_in = {name: (value, _line_with(value, lines)) for name, value in wanted.items() if value}
    return {name: _shown(line, value, secrets) for name, (value, line) in stand_in.items() if line}


def _line_with(value: str, lines: list[str]) -> str:
    forms = (value.lower(), _escaped(value).lower())
    return next((line for line in lines if any(form in line.lower() for form in forms)), "")


def _shown(line: str, value: str, secrets: list[str]) -> str:
    """The line, or the part of a long one around the value. Masked before it is cut: half a secret stays one."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        for form in (secret, _escaped(secret)):
            line = line.replace(form, MASK)
    line = redact_text(line.strip())
    start = max(0, line.lower().find(value.lower()) - _SHOWN // 4) if len(line) > _SHOWN else 0
    return f"{'… ' if start else ''}{line[start : start + _SHOWN]}{' …' if len(line) > start + _SHOWN else ''}"


def _escaped(text: str) -> str:
    """As a URL or form writes it; half of a surrogate pair stays what it is."""
    return quote(text, safe="", errors="surrogatepass")
