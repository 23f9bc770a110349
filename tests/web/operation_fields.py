"""What tests of an operation's fields share: a profile whose API has a document, and what stands in a field."""

import json
import re
from html import unescape

from console.core.actor import Role
from console.services import api_operations, profiles
from tests.services.builders import person


def profile_with(document, owner):
    """The owner's sample profile, its API with this document."""
    found = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    api_operations.import_text(person("boss@example.com", Role.ADMIN), found.api_id, json.dumps(document))
    return found


def text_of(answer):
    return unescape(answer.content.decode())


def value_of(html, name):
    """None where there is no such field."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', html)
    return (re.search(r'value="([^"]*)"', found[0]) or ["", ""])[1] if found else None
