"""A domain as people give it: bare, or as the address that stands in their browser."""

from urllib.parse import urlsplit


def domain_in(text: str) -> str:
    """The host with its port in small letters; the text itself where no host can be read."""
    try:
        return (urlsplit(text if "//" in text else f"//{text}").netloc or text).lower()
    except ValueError:
        return text
