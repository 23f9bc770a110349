"""The steps that mend a cause, one table by cause. One that cannot be taken here, or by who looks, is left out."""

from collections.abc import Mapping

from django.urls import reverse

from console.core.credential import CredentialKind
from console.core.oauth.setting import Setting
from console.core.profile import Profile
from console.core.profile_checks.corrections import TARGETS, correction
from console.core.profile_checks.settings import settings_of
from console.core.providers import provider_of
from console.web.present.sandbox_tabs import CLIENTS, tab_url
from console.web.present.situation import Row, Situation, Step, row

FURTHER = {"maskinporten", "tokenx", "idporten", "generic"}  # with a part of their own on the sandbox's page
SPACES = ("tenant", "realm", "server", "domain", "user_pool", "issuer", "subdomain")  # what says whose server is asked


def _page(here: Situation, part: str) -> str:
    return f"{reverse('profile', args=[here.profile.id])}#{part}"


def _edit(here: Situation, field: str, *, correct: str = "") -> str:
    query = f"?correct={correct}" if correct else ""
    return f"{reverse('profile-edit', args=[here.profile.id])}{query}#id_{field}"


def _managed(step: Step) -> Step:
    """For who manages the profile."""
    return lambda here: step(here) if "manage" in here.rights else None


@_managed
def _key(here: Situation) -> Row | None:
    label = "Replace the subscription key" if here.profile.has_subscription_key else "Add the subscription key"
    return row(label, _page(here, "id_subscription_key"), "mend-key")


@_managed
def _secret(here: Situation) -> Row | None:
    verb = "Replace" if here.profile.credential.kind is CredentialKind.SECRET else "Enter"
    return row(f"{verb} the client secret", _page(here, "id_secret"), "mend-secret")


@_managed
def _certificate(here: Situation) -> Row | None:
    return row("Make a new certificate", _page(here, "id_days"), "mend-certificate")


def _cer(here: Situation) -> Row | None:
    if here.profile.credential.kind is not CredentialKind.CERTIFICATE:
        return None
    url = reverse("profile-certificate", args=[here.profile.id])
    return row("Download the .cer to register", url, "mend-cer")


def _correcting(name: str, label: str, id_: str) -> Step:
    """The profile's form with the change in it."""

    def step(here: Situation) -> Row | None:
        found = correction(name, here.profile, here.api)
        return row(label, _edit(here, found.field, correct=name), id_) if found else None

    return _managed(step)


_scope = _correcting("scope", "Correct the scope", "mend-scope")
_further_scope = _correcting("further-scope", "Ask for the scope too", "mend-scope")
_target = _correcting("target", "Name this API in the request", "mend-target")
_thumbprint = _correcting("thumbprint", "Send the other thumbprint", "mend-thumbprint")


def _settings(profile: Profile) -> dict[str, Setting]:
    """Those that have a field of their own, by name."""
    found = settings_of(profile.provider, profile.grant, profile.settings)
    return {one.name: one for one in found if not one.is_variant and not one.is_confirmed}


def _first(*steps: Step) -> Step:
    """The first that can be taken: behind it the others would not help."""
    return lambda here: next((found for step in steps if (found := step(here))), None)


@_managed
def _client_id(here: Situation) -> Row | None:
    return row("Correct the client ID", _edit(here, "client_id"), "mend-field")


@_managed
def _space(here: Situation) -> Row | None:
    """Whose server is asked: tenant, realm, domain ..., what the provider has of it."""
    fields = _settings(here.profile)
    name = next((one for one in SPACES if one in fields), None)
    if name is None:
        return row("Correct the environment", _edit(here, "provider"), "mend-field")
    return row(f"Correct: {fields[name].label}", _edit(here, name), "mend-field")


@_managed
def _named_api(here: Situation) -> Row | None:
    """The name of the API in the request, where no better one is known."""
    by_scope = "scope" if provider_of(here.profile.provider).scope_form.is_asked else ""
    field = next((one for one in TARGETS if one in _settings(here.profile)), by_scope)
    return row("Correct what is asked for", _edit(here, field), "mend-field") if field else None


def _fresh(here: Situation) -> Row | None:
    if "use" not in here.rights:
        return None
    url = f"{reverse('profile-token', args=[here.profile.id])}#answer"
    return row("Get a fresh token", url, "mend-token", is_post=True, fields=[("fresh", "1")])


def _sign_in(here: Situation) -> Row | None:
    """The page of the connection, where a sign-in is begun."""
    if here.connection_id is None or "use" not in here.rights:
        return None
    return row("Sign in again", reverse("connection", args=[here.connection_id]), "mend-sign-in")


def _call_field(label: str, field: str, id_: str) -> Step:
    """A field of the call's form on the profile's page."""

    def step(here: Situation) -> Row | None:
        return row(label, _page(here, field), id_) if here.api and "use" in here.rights else None

    return step


_send_token = _call_field("Send the token along", "id_sends_token", "mend-call")
_tick_key = _call_field("Send the key along", "id_sends_subscription_key", "mend-call")


def _send_key(here: Situation) -> Row | None:
    """A key that is stored goes along by a tick; only where that was set is another one needed."""
    return _tick_key(here) if here.profile.has_subscription_key else None


_path = _call_field("Correct the path", "id_path", "mend-call")


def _in_sandbox(here: Situation) -> Row | None:
    """Where the registration is, at a provider that is played here: what its administrator mends, who looks mends."""
    provider = provider_of(here.profile.provider)
    if not here.is_own or here.fault or not provider.is_played(here.profile.settings):
        return None
    page, segment = reverse("sandbox"), provider.code
    where = f"{page}?provider={segment}#provider-{segment}" if segment in FURTHER else tab_url(CLIENTS, "clients-title")
    return row("Open its registration in the sandbox", where, "mend-sandbox")


# The steps that mend a cause, the best first. One that cannot be taken here, or by who looks, is left out.
STEPS: Mapping[str, tuple[Step, ...]] = {
    "subscription-key-missing": (_send_key, _key),
    "subscription-key-invalid": (_key,),
    "subscription-wrong-product": (_key,),
    "client-secret-invalid": (_secret,),
    "client-secret-id-used": (_secret,),
    "client-secret-expired": (_secret,),
    "client-secret-encoding": (_secret,),
    "client-credential-missing": (_secret,),
    "certificate-or-key-expired": (_certificate,),
    "certificate-not-registered": (_cer, _thumbprint, _in_sandbox),
    "certificate-wrong-owner-or-environment": (_cer,),
    "certificate-thumbprint-invalid": (_thumbprint, _cer),
    "client-id-wrong": (_client_id,),
    "client-in-other-tenant": (_space,),
    "client-in-other-environment": (_space,),
    "tenant-not-found": (_space,),
    "tenantless-authority": (_space,),
    "issuer-wrong-tenant": (_space,),
    "wrong-authorization-server": (_space,),
    "scope-format-invalid": (_scope,),
    "resource-not-found": (_first(_scope, _target, _named_api),),
    "scope-not-granted": (_in_sandbox,),
    "consent-missing": (_in_sandbox, _sign_in),
    "grant-type-not-allowed": (_in_sandbox,),
    "redirect-uri-mismatch": (_in_sandbox,),
    "interaction-required": (_sign_in,),
    "refresh-token-expired": (_sign_in,),
    "refresh-token-reused": (_sign_in,),
    "authorization-code-redeemed": (_sign_in,),
    "authorization-response-invalid": (_sign_in,),
    "pkce-mismatch": (_sign_in,),
    "device-code-expired": (_sign_in,),
    "claims-challenge": (_sign_in,),
    "audience-other-api": (_first(_scope, _target, _fresh),),
    "token-for-graph": (_first(_scope, _target, _fresh),),
    "opaque-token": (_first(_target, _scope),),
    "scope-missing": (_first(_further_scope, _fresh),),
    "token-expired": (_fresh,),
    "signing-key-retired": (_fresh,),
    "signature-invalid": (_fresh,),
    "token-malformed": (_fresh,),
    "id-token-used": (_fresh,),
    "app-permission-not-granted": (_in_sandbox, _fresh),
    "role-insufficient": (_in_sandbox, _fresh),
    "authorization-header-missing": (_send_token,),
    "path-or-method-unknown": (_path,),
}
