"""A name and an environment to propose, from the address of an API and the words around it."""

import re
from urllib.parse import urlsplit

_ENVIRONMENTS = {
    "production": ("production", "produksjon", "produktion", "prod", "prd", "live"),
    "acceptance": ("acceptance", "acc", "akzeptanz", "uat"),
    "staging": ("staging", "stage", "stg", "preprod", "pre-production", "preproduction"),
    "test": ("test", "testing", "tst", "qa", "sit", "sandbox"),
    "development": ("development", "dev", "utvikling", "entwicklung"),
}
_BY_WORD = {word: name for name, words in _ENVIRONMENTS.items() for word in words}
_NAMES_NOTHING = frozenset({"api", "apis", "apim", "gateway", "gw", "www", "rest", "services", "service", "azure-api"})
_VERSION = re.compile(r"v?\d{1,4}(?:\.\d{1,4})?")
_IN_TEXT = re.compile(r"\((\w{2,20})\)|\b(?:environment|umgebung|miljø)\s*+[:=]?+\s*+(\w{2,20})", re.IGNORECASE)


def environment_in(base_url: str, text: str) -> str:
    """What the host says, else what the text says in words that can mean nothing else; "" when neither does."""
    said = (word for match in _IN_TEXT.finditer(text) for word in match.groups() if word)
    words = (*_host_words(base_url), *(word.lower() for word in said))
    return next((_BY_WORD[word] for word in words if word in _BY_WORD), "")


def name_of(base_url: str, environment: str) -> str:
    """The API by the last part of its address that names something, with the environment; "" without an address."""
    if not base_url:
        return ""
    path = [part for part in urlsplit(base_url).path.lower().split("/") if part]
    named = [part for part in (*reversed(path), *_host_words(base_url)) if _tells(part)]
    name = named[0].replace("-", " ").replace("_", " ").capitalize()[:80] if named else urlsplit(base_url).netloc
    return f"{name} ({environment})" if environment else name


def _host_words(base_url: str) -> list[str]:
    host = (urlsplit(base_url).hostname or "") if base_url else ""
    labels = host.split(".")[:-1]
    return [*labels, *(word for label in labels for word in label.split("-"))]


def _tells(part: str) -> bool:
    return part not in _NAMES_NOTHING and part not in _BY_WORD and not _VERSION.fullmatch(part)
