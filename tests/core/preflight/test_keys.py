"""Keys: usable, none, unfetched, unknown address."""

import json

from console.core.preflight.base import StageStatus
from console.core.preflight.keys import STAGE, FetchedKeySet, SeenKeys
from console.core.tokens.keys import read_jwks
from tests.core.preflight.support import labels

SOURCE = "https://login.example/keys"
SYMMETRIC = read_jwks({"keys": [{"kty": "oct", "kid": "s", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"}]})
EC = {
    "kty": "EC", "crv": "P-256", "kid": "one", "use": "sig",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}  # fmt: skip


def test_a_usable_key_is_counted_and_named():
    result = STAGE.judge(SeenKeys((FetchedKeySet("provider", SOURCE, read_jwks(json.dumps({"keys": [EC]}))),)))
    assert (result.status, result.what) == (StageStatus.OK, "The signing keys are there.")
    assert labels(result) == {"provider, keys": f"1 usable (one) from {SOURCE}"}


def test_a_set_without_a_public_key_verifies_nothing():
    result = STAGE.judge(SeenKeys((FetchedKeySet("provider", SOURCE, SYMMETRIC),)))
    assert (result.status, result.what) == (StageStatus.FAIL, "The keys of the provider cannot be used.")
    assert result.why == f"{SOURCE} holds no public key that can verify a signature."


def test_keys_that_could_not_be_fetched_fail_and_the_rest_goes_on():
    result = STAGE.judge(SeenKeys((FetchedKeySet("API's issuer", SOURCE, None, "There was no answer."),)))
    assert (result.status, result.why) == (StageStatus.FAIL, "There was no answer.")
    assert not STAGE.is_needed_by_rest


def test_keys_of_lost_metadata_are_left_out_and_not_called_needless():
    result = STAGE.judge(SeenKeys(is_lost=True))
    assert (result.status, result.is_needed) == (StageStatus.SKIPPED, True)
    assert result.what == "Left out: without the metadata nobody knows where the keys are."


def test_without_metadata_there_are_no_keys_to_look_for():
    assert STAGE.judge(SeenKeys(())).status is StageStatus.SKIPPED
