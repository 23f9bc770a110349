"""A sealed value opens only in its place, with its key, unchanged; rotation leaves every row readable at any point."""

import base64

import pytest

from console.core.credential import Secret
from console.core.destination import AcceptedDestination
from console.core.errors import Misconfigured
from console.core.oauth.token_response import TokenResponse
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.core.policy.keep.samples import Sample
from console.models import StoredCredential
from console.store import credentials, policies, profiles, rotation, sandbox, tokens, vault
from console.store.key_ring import KeyRing, KeyRingProblem, parse_key_ring
from console.store.sandbox import SandboxInstallation
from console.store.tokens import TokenKey
from tests.store import builders
from tests.trail import use_ring

K1, K2 = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
OLD, BOTH, NEW = f"k1:{K1}", f"k2:{K2},k1:{K1}", f"k2:{K2}"
ROW = "profile|1|client_secret"


def ring(text):
    parsed = parse_key_ring(text)
    assert isinstance(parsed, KeyRing)
    return parsed


def test_what_was_sealed_opens_with_any_ring_that_holds_its_key():
    sealed = vault.seal(b"s3cret", row=ROW, ring=ring(OLD))
    assert sealed.startswith("v1.k1.")
    assert vault.open_sealed(sealed, row=ROW, ring=ring(BOTH)) == b"s3cret"
    assert vault.seal(b"s3cret", row=ROW, ring=ring(BOTH)).startswith("v1.k2.")


def test_the_same_value_is_never_sealed_alike():
    assert len({vault.seal(b"s", row=ROW, ring=ring(OLD)) for _ in range(50)}) == 50


SHUT = "Key k1 does not open it: the value, or what it belongs to, was changed or moved, or the key was."


@pytest.mark.parametrize(
    ("row", "keys", "why"),
    [
        (
            "profile|2|client_secret",
            OLD,
            SHUT,
        ),
        (
            "profile|1|certificate",
            OLD,
            SHUT,
        ),
        (
            ROW,
            f"k1:{K2}",
            SHUT,
        ),
        (ROW, NEW, "It was sealed with key k1, and the key ring holds k2."),
    ],
)
def test_another_row_column_or_key_does_not_open_it(row, keys, why):
    sealed = vault.seal(b"s3cret", row=ROW, ring=ring(OLD))
    with pytest.raises(Misconfigured) as refused:
        vault.open_sealed(sealed, row=row, ring=ring(keys))
    assert (refused.value.what, refused.value.why) == ("A stored secret cannot be read.", why)


def test_any_flipped_bit_is_noticed():
    version, key_id, encoded = vault.seal(b"s3cret", row=ROW, ring=ring(OLD)).split(".")
    raw = base64.urlsafe_b64decode(encoded)
    for position in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[position // 8] ^= 1 << (position % 8)
        with pytest.raises(Misconfigured):
            vault.open_sealed(
                f"{version}.{key_id}.{base64.urlsafe_b64encode(flipped).decode()}", row=ROW, ring=ring(OLD)
            )


@pytest.mark.parametrize("text", ["", "s3cret", "v1.k1", "v1.k1.", "v1.k1.!!!", "v2.k1.AAAA", "v1.k1.AAAA", "v1.k1.ü"])
def test_a_text_that_is_no_sealed_value_is_never_given_back(text):
    with pytest.raises(Misconfigured):
        vault.open_sealed(text, row=ROW, ring=ring(OLD))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "The key ring is empty."),
        (" , \n", "The key ring is empty."),
        (K1, "Entry 1 of the key ring is not of the form id:base64."),
        (f"k1:{K1},k 2:{K2}", "Entry 2 of the key ring is not of the form id:base64."),
        ("k1:AAAA", "Key k1 of the key ring is not 32 bytes in base64."),
        ("k1:nonsense!", "Key k1 of the key ring is not 32 bytes in base64."),
        (f"k1:{K1},k1:{K2}", "Key id k1 stands twice in the key ring."),
    ],
)
def test_a_key_ring_that_does_not_parse_says_why_without_a_key(text, what):
    assert parse_key_ring(text) == KeyRingProblem(what)


def test_a_key_ring_never_shows_its_keys():
    assert K1 not in repr(ring(BOTH))
    assert ring(f"k2:{K2}\nk1:{K1}\n").ids == ("k2", "k1")


@pytest.mark.django_db
def test_without_key_ring_the_refusal_names_the_setting(settings):
    settings.CONSOLE_SECRET_KEYS = ""
    settings.CONSOLE_SECRET_KEYS_FILE = "/nowhere/keys"
    with pytest.raises(Misconfigured) as refused:
        vault.seal(b"s", row=ROW)
    assert refused.value.why == "The key ring file cannot be read."
    assert "CONSOLE_SECRET_KEYS_FILE" in refused.value.do


@pytest.fixture
def filled(settings, db):
    """One sealed value of each kind under k1, and what opens them all."""
    use_ring(settings, OLD)
    owner = builders.person("owner")
    one, two, three = (builders.profile(owner) for _ in range(3))
    credentials.replace_secret(owner, one.id, Secret("secret"), bound_to="", now=builders.NOW)
    credentials.replace_certificate(owner, two.id, builders.CERTIFICATE, bound_to="", now=builders.NOW)
    credentials.replace_secret(owner, three.id, Secret("gone"), bound_to="", now=builders.NOW)
    credentials.discard(owner, three.id)
    credentials.replace_subscription_key(owner, one.id, Secret("key"), bound_to="", now=builders.NOW)
    key = TokenKey(one.id, 1, "g", "s")
    tokens.save(key, TokenResponse(Secret("token"), "Bearer", 60, builders.NOW))
    sandbox.create_installation(SandboxInstallation("t", Secret("keys"), "{}"), now=builders.NOW)
    api = builders.api(owner)
    accepted = AcceptedDestination(api.id, api.destination)
    edited = builders.draft(api_id=api.id)
    profiles.update(owner, one.id, edited, expected_version=1, now=builders.NOW, accepted=accepted)
    policies.put_settings(owner, api.id, PolicySettings((KeptValue("named-value", "n", "value", is_secret=True),)))
    sample = Sample(
        builders.new_id(), "row", GatewayRequest("GET", "url"), None, Verdict.ALLOW, "", builders.NOW, False
    )
    policies.add_sample(owner, api.id, sample, now=builders.NOW)

    def everything():
        return [
            credentials.load(owner, one.id).value.reveal(),
            credentials.load(owner, two.id).private_key_pem.reveal(),
            credentials.load_subscription_key(owner, one.id).value.reveal(),
            tokens.find(key).access_token.reveal(),
            sandbox.installation().signing_keys.reveal(),
            policies.settings(owner, api.id).values[0].text,
            policies.samples(owner, api.id)[0].request.url,
            profiles.get(owner, "view", one.id).value.accepted.destination.base_url,
        ]

    return everything


ALL = [
    "secret",
    builders.CERTIFICATE.private_key_pem.reveal(),
    "key",
    "token",
    "keys",
    "value",
    "url",
    "https://api.example/orders",
]


def test_rotation_reseals_every_kind_and_the_old_key_can_go(filled, settings):
    settings.CONSOLE_SECRET_KEYS = BOTH
    outcome = rotation.rotate()
    assert (outcome.rotated, outcome.left, outcome.unreadable) == (8, 0, [])
    assert rotation.rotate().rotated == 0
    settings.CONSOLE_SECRET_KEYS = NEW
    assert filled() == ALL


@pytest.mark.parametrize("killed_after", range(9))
def test_rotation_killed_at_any_row_leaves_every_row_readable_and_goes_on_later(filled, settings, killed_after):
    settings.CONSOLE_SECRET_KEYS = BOTH
    outcome, done = rotation.RotationOutcome(), 0
    for place in rotation.PLACES:
        for row in rotation._to_rotate(place):
            if done == killed_after:
                break
            rotation._rotate_row(place, row, outcome)
            done += 1
    assert filled() == ALL
    assert rotation.rotate().left == 0
    settings.CONSOLE_SECRET_KEYS = NEW
    assert filled() == ALL


def test_an_edit_during_rotation_wins(filled, settings):
    settings.CONSOLE_SECRET_KEYS = BOTH
    place = rotation.PLACES[-1]
    (row,) = rotation._to_rotate(place)
    newer = vault.seal(b"newer", row=sandbox.row_name("t"))
    place.model.objects.update(sealed_keys=newer)
    outcome = rotation.RotationOutcome()
    rotation._rotate_row(place, row, outcome)
    assert outcome.rotated == 0
    assert sandbox.installation().signing_keys == Secret("newer")


BOUND = ("https://api.example", 3, None)


def test_a_value_opens_only_beside_what_it_was_sealed_with():
    sealed = vault.seal(b"s3cret", row=ROW, beside=BOUND, ring=ring(OLD))
    assert sealed.startswith("v2.k1.")
    assert vault.open_sealed(sealed, row=ROW, beside=BOUND, ring=ring(OLD)) == b"s3cret"
    others = [
        ("https://evil.example", 3, None),
        ("https://api.example", 4, None),
        BOUND[:2],
        (),
        ("https://api.example,3", None),
    ]
    for other in others:
        with pytest.raises(Misconfigured):
            vault.open_sealed(sealed, row=ROW, beside=other, ring=ring(OLD))


def test_a_bound_value_cannot_be_called_one_of_before():
    sealed = vault.seal(b"s3cret", row=ROW, beside=BOUND, ring=ring(OLD))
    with pytest.raises(Misconfigured):
        vault.open_sealed(sealed.replace("v2.", "v1.", 1), row=ROW, beside=("https://evil.example",), ring=ring(OLD))


def test_values_of_before_open_and_rotation_binds_them(filled, settings):
    """As they were written before anything stood beside them."""
    for place in rotation.PLACES:
        for row in place.model.objects.exclude(**{place.column: ""}):
            beside = place.beside(row) if place.beside else ()
            text = vault.open_sealed(getattr(row, place.column), row=place.name(row), beside=beside)
            place.model.objects.filter(pk=row.pk).update(**{place.column: vault.seal(text, row=place.name(row))})
    assert filled() == ALL
    outcome = rotation.rotate()
    assert (outcome.rotated, outcome.left, outcome.unreadable) == (6, 0, [])
    StoredCredential.objects.filter(kind="secret").update(bound_to="elsewhere")
    with pytest.raises(Misconfigured):
        filled()


def test_a_row_that_no_key_opens_is_named_and_left(filled, settings):
    settings.CONSOLE_SECRET_KEYS = NEW
    outcome = rotation.rotate()
    assert (outcome.rotated, outcome.left, len(outcome.unreadable)) == (0, 8, 8)
    assert "sandbox|t|signing_keys" in outcome.unreadable
