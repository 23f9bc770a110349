"""Which environment a name means."""

import pytest

from console.core.environment import EnvironmentKind, environment_kind

NAMES = {
    EnvironmentKind.PRODUCTION: ("Production", "prod", "PROD-EU", "EU production", "prd", "live", "Produktion"),
    EnvironmentKind.TEST: ("test", "Non-production", "pre-prod", "preprod", "nonprod", "dev", "UAT 2", "staging", "QA"),
    EnvironmentKind.SANDBOX: ("sandbox", "Sandbox of Mira"),
    EnvironmentKind.OTHER: ("", " ", "blue", "\ud800\x00", "Europe"),
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NAMES.items() for name in names])
def test_a_name_says_what_kind_it_is(kind, name):
    assert environment_kind(name) is kind
