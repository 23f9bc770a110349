"""The fields of settings stand beside the profile form's own and take the place of none."""

import pytest

from console.core.client_auth import CLIENT_AUTHS
from console.core.grants import GRANTS
from console.core.profile import Profile
from console.core.providers import PROVIDERS
from console.web.forms.profiles import ProfileForm

OWNERS = (*PROVIDERS, *GRANTS)


@pytest.mark.parametrize("one", OWNERS, ids=lambda one: one.code)
def test_no_setting_has_the_name_of_another_field_or_fact(one):
    names = [setting.name for setting in one.settings if not setting.is_variant]  # a variant has no field
    taken = {*ProfileForm.base_fields, *Profile.__dataclass_fields__}
    assert len(names) == len(set(names))
    assert taken & set(names) == set()


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_a_provider_has_at_most_one_setting_whose_choices_are_providers(provider):
    assert sum(setting.is_variant for setting in provider.settings) <= 1
    assert all(setting.choices for setting in provider.settings if setting.is_variant)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_what_a_provider_names_is_in_the_catalogues(provider):
    assert set(provider.grants) <= {grant.code for grant in GRANTS}
    assert set(provider.client_auths) <= {auth.code for auth in CLIENT_AUTHS}
    assert provider.grants and provider.client_auths
