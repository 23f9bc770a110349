"""What cannot be mended alone can be handed over from where it was met."""

import pytest

from console.models import Attempt
from console.services import profiles, sandbox
from tests.services.builders import PASSWORD, with_samples

pytestmark = pytest.mark.django_db


def test_a_refused_token_request_is_handed_over_from_its_diagnosis(client):
    owner = with_samples()
    client.login(username=owner.email, password=PASSWORD)
    sandbox.set_fault(owner, "secret-wrong")
    profile = next(one for one in profiles.list_profiles(owner) if one.name.endswith("with a secret"))
    page = client.post(f"/profiles/{profile.id}/token/", {"fresh": "1"}).content.decode()
    assert f'href="/calls/{Attempt.objects.latest("id").id}/#id_note"' in page
