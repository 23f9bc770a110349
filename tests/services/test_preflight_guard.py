"""A preflight reaches nothing that a call would not reach: whatever a name leads to, at whichever of its stages."""

from functools import partial

import pytest

from console.adapters.transport import Transport
from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.services import preflight, profiles, wiring
from tests.adapters.support import Resolver
from tests.services.builders import with_samples
from tests.services.outside import SECRET
from tests.services.test_preflight_faults import for_api
from tests.vectors.bad_input.faultserver import FaultServer

pytestmark = pytest.mark.django_db

PUBLIC = ["93.184.216.34"]
INSIDE = (
    ["127.0.0.1"], ["169.254.169.254"], ["10.0.0.8"], ["::1"], ["fd00:ec2::254"], ["::ffff:127.0.0.1"], ["0.0.0.0"],
    ["100.64.0.1"], ["64:ff9b::7f00:1"], ["168.63.129.16"], [*PUBLIC, "127.0.0.1"],
)  # fmt: skip


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def names(monkeypatch):
    def known(answers):
        resolver = Resolver(answers)
        monkeypatch.setattr(wiring, "Transport", partial(Transport, resolver=resolver))
        return resolver

    yield known
    wiring.egress_policy.cache_clear()


@pytest.mark.parametrize("addresses", INSIDE, ids=lambda one: one[-1])
@pytest.mark.parametrize(("turn", "stage"), [(0, "names"), (1, "tcp")], ids=["at once", "after the names"])
def test_a_name_that_leads_inside_is_refused_whenever_it_does(actor, names, addresses, turn, stage):
    """No socket is opened: the tests may open none but to this machine, and the guard is what stops those."""
    asked = names({"api.example": [*[PUBLIC] * turn, addresses]}).asked
    found = preflight.run_to_end(actor, for_api(actor, "https://api.example/v1").id)
    assert (found.failing.code, found.failing.cause) == (stage, "address-refused-by-console")
    assert len(asked) == turn + 1
    assert not [one for one in addresses if one not in PUBLIC and one in str(found)], "an address inside is not shown"


@pytest.mark.parametrize("way", ["jwks_uri", "redirect"])
def test_metadata_that_point_inside_are_not_followed(actor, names, settings, way):
    names({"localhost": [["127.0.0.1"]]})
    with FaultServer() as inside, FaultServer() as provider:
        settings.CONSOLE_EGRESS_ALLOW = f"http://127.0.0.1:{provider.server_address[1]}"
        wiring.egress_policy.cache_clear()
        base = f"{provider.url}/idp/good"
        known = {"environment": "outside", "issuer": base, "token_endpoint": f"{base}/token"}
        known["metadata_url"] = f"{base}/.well-known/openid-configuration"
        known["jwks_uri"] = f"{base}/jwks.json"
        if way == "jwks_uri":
            known["jwks_uri"] = f"{inside.url}/idp/good/jwks.json"
        else:
            known["metadata_url"] = f"{provider.url}/redirect?to={inside.url}/idp/good/.well-known/openid-configuration"
        profile = profiles.create(actor, ProfileDraft("C", "", "generic", known, "c", "client_credentials", "", None))
        profiles.replace_secret(actor, profile.id, Secret(SECRET))
        preflight.run_to_end(actor, profile.id)
        assert provider.seen and inside.seen == []
