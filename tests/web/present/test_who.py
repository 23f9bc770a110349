"""Who must act is said to who reads it."""

import pytest

from console.core.owner import Owner
from console.web.present.who import ANYBODY, Reader, who_acts


@pytest.mark.parametrize(
    ("owner", "reader", "said"),
    [
        (Owner.INTEGRATOR, Reader(is_integrator=True), "You."),
        (Owner.INTEGRATOR, Reader(integrator="ina@example.com"), "Ask ina@example.com, whose client it is."),
        (Owner.INTEGRATOR, ANYBODY, "Whoever owns the client."),
        (Owner.API_OWNER, Reader(owns_api=True, api="Stock"), "You, as owner of Stock."),
        (Owner.API_OWNER, Reader(api_owner="ada@example.com", api="Stock"), "Ask ada@example.com, who owns Stock."),
        (Owner.API_OWNER, ANYBODY, "Ask the owner of the API."),
        (Owner.TENANT_ADMIN, ANYBODY, "Ask an administrator at the identity provider."),
        (Owner.CONSOLE_ADMIN, ANYBODY, "Ask the administrator of this console."),
        (Owner.CONSOLE_ADMIN, Reader(administers=True), "You, as an administrator of this console."),
        (Owner.TENANT_ADMIN, Reader(administrator="whoever runs the realm"), "Ask whoever runs the realm."),
    ],
)
def test_who_acts(owner, reader, said):
    assert who_acts(owner, reader) == said


def test_every_owner_has_words():
    assert all(who_acts(owner, ANYBODY).endswith(".") for owner in Owner)
