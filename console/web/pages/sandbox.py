"""The sandbox's page in tabs: its faults, its tenant's registrations, its addresses, its policies."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from console.core.errors import Misconfigured
from console.sandbox.state import GatewayApi
from console.services import (
    handover,
    profiles,
    sandbox,
    sandbox_policies,
    sandbox_profiles,
    sandbox_providers,
    sandbox_tenant,
)
from console.services.sandbox_providers import ClientPlace
from console.services.sandbox_workspace import OpenWorkspace
from console.web.errors import four_of
from console.web.forms.sandbox import ClientForm, GatewayPolicyForm, roles_of, sign_in_form
from console.web.partials import render
from console.web.present.sandbox import active_fault, sandbox_view
from console.web.present.sandbox_providers import handed_over, providers_view
from console.web.present.sandbox_tabs import (
    ADDRESSES,
    CLIENTS,
    FAULTS,
    POLICIES,
    PROVIDERS,
    SandboxTab,
    tab_of,
    tab_url,
    tabs_view,
)
from console.web.request import ActorRequest

MAX_CERTIFICATE = 65_536
MAX_CLIENT_ID = 200
NOTHING_CHOSEN = "Choose a file, or a profile that has a key or a certificate."
Shown = dict[str, Any]
KID = re.compile(r"[A-Za-z0-9._-]{1,100}")


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Where the key ring does not open the sandbox, the page says so in place of everything else."""
    _must_be_on()
    provider = request.GET.get("provider", "")
    try:
        return _page(request, tab_of(request.GET.get("tab", ""), provider=provider), open_provider=provider)
    except Misconfigured as refusal:
        return render(request, "sandbox/unreadable.html", four_of(refusal))


@require_POST
def fault(request: ActorRequest) -> HttpResponse:
    _must_be_on()
    sandbox.set_fault(request.actor, request.POST.get("fault") or None)
    if request.htmx:
        return _page(request, FAULTS)
    active = active_fault(sandbox.workspace(request.actor).state.fault)
    messages.success(request, f"Switched on: {active['title']}." if active else "The sandbox behaves: no fault is on.")
    return redirect(_way_back(request))


@require_POST
def register(request: ActorRequest) -> HttpResponse:
    """A new client; the answer shows its secret once. The same form sent again, by a reload, makes no second one."""
    _must_be_on()
    form = ClientForm(request.POST, apis=sandbox.workspace(request.actor).state.apis)
    if not form.is_valid():
        return _page(request, CLIENTS, form=form, status=422)
    data = form.cleaned_data
    client_id = str(data["client_id"] or sandbox_tenant.new_client_id())
    made = sandbox_tenant.register_client(request.actor, data["name"], roles=form.roles(), client_id=client_id)
    if made is None:
        messages.warning(request, "This client is registered already. Its secret was shown once: make another one.")
    return _page(request, CLIENTS, made=made)


@require_POST
def profile(request: ActorRequest, client_id: str) -> HttpResponse:
    """A profile for the client whose secret was just shown."""
    _must_be_on()
    made, notes = sandbox_profiles.make_profile(request.actor, client_id, sealed=request.POST.get("found", ""))
    messages.success(request, " ".join(["The profile is saved.", *notes]))
    return redirect("profile", made.id)


@require_POST
def client(request: ActorRequest, client_id: str) -> HttpResponse:
    """Changes one registration: the name of the pressed button says how."""
    _must_be_on()
    if "secret" in request.POST:
        return _page(request, CLIENTS, made=sandbox_tenant.add_secret(request.actor, client_id))
    if "sign_in" in request.POST:
        return _sign_in(request, client_id)
    if "certificate" in request.POST:
        _certificate(request, client_id)
    elif "roles" in request.POST:
        chosen = roles_of(request.POST.getlist("role"), sandbox.workspace(request.actor).state.apis)
        sandbox_tenant.grant_roles(request.actor, client_id, chosen)
        messages.success(request, "The roles are saved. New tokens carry them.")
    elif "forget" in request.POST:
        sandbox_tenant.forget_consents(request.actor, client_id)
        messages.success(request, "What people consented to is forgotten: they are asked again.")
    elif "remove" in request.POST:
        sandbox_tenant.remove_client(request.actor, client_id)
        messages.success(request, "The client registration is removed.")
    return redirect(tab_url(CLIENTS))


@require_POST
def subscription_key(request: ActorRequest) -> HttpResponse:
    _must_be_on()
    return _page(request, ADDRESSES, key=sandbox_tenant.make_subscription_key(request.actor))


@require_POST
def provider(request: ActorRequest, segment: str) -> HttpResponse:
    """A key, a certificate or a secret for a client of a further provider: the pressed button says which."""
    _must_be_on()
    place = ClientPlace(segment, request.POST.get("client", "")[:MAX_CLIENT_ID])
    if "secret" in request.POST:
        made = sandbox_providers.make_secret(request.actor, place)
        return _page(request, PROVIDERS, new_secret=made, open_provider=segment)
    data = _uploaded(request)
    problem = (
        "Choose a file, or a profile that has a key or a certificate."
        if data is None
        else _register(request, place, data)
    )
    if problem:
        messages.error(request, problem)
        typed = {"client": place.client_id, "kid": request.POST.get("kid", "")}
        return _page(request, PROVIDERS, open_provider=segment, typed_provider=typed, status=422)
    messages.success(request, "It is registered with the sandbox. It is good for a year.")
    return redirect(f"{reverse('sandbox')}?{urlencode({'provider': segment})}#provider-{segment}")


def _uploaded(request: ActorRequest) -> bytes | None:
    upload, profile_id = request.FILES.get("file"), request.POST.get("profile", "")
    if upload is not None:
        return bytes(upload.read(MAX_CERTIFICATE))
    if not profile_id:
        return None
    return sandbox_providers.of_profile(request.actor, profile_id, as_certificate="certificate" in request.POST)


def _register(request: ActorRequest, place: ClientPlace, data: bytes) -> str:
    """What is wrong with it; "" when it is registered."""
    if "certificate" in request.POST:
        return sandbox_providers.register_certificate(request.actor, place, data)
    kid = request.POST.get("kid", "").strip()
    if kid and not KID.fullmatch(kid):
        return "A key id has 1 to 100 letters, digits and the signs . _ - alone."
    return sandbox_providers.register_key(request.actor, place, data, kid=kid)


@require_POST
def policy(request: ActorRequest, path: str) -> HttpResponse:
    """Keeps or puts back the policy of one API behind the gateway: the name of the pressed button says which."""
    _must_be_on()
    if "original" in request.POST:
        sandbox_policies.put_back(request.actor, path)
        messages.success(request, "The original policy is back.")
        return redirect(tab_url(POLICIES, f"policy-{path}"))
    form = GatewayPolicyForm(request.POST, path=path)
    if form.is_valid():
        for problem in sandbox_policies.change(request.actor, path, form.cleaned_data["policy"]):
            where = f"Line {problem.line}: " if problem.line else ""
            form.add_error("policy", f"{where}{problem.what} {problem.do}")
    if form.errors:
        return _page(request, POLICIES, policy_forms={path: form}, status=422)
    messages.success(request, "The policy is saved. The gateway obeys it from the next call on.")
    return redirect(tab_url(POLICIES, f"policy-{path}"))


def _sign_in(request: ActorRequest, client_id: str) -> HttpResponse:
    form = sign_in_form(sandbox.workspace(request.actor), client_id, request.POST)
    if not form.is_valid():
        return _page(request, CLIENTS, sign_in_forms={client_id: form}, status=422)
    sandbox_tenant.set_sign_in(request.actor, client_id, form.to_settings())
    messages.success(request, "How people sign in for this client is saved.")
    return redirect(tab_url(CLIENTS))


def _certificate(request: ActorRequest, client_id: str) -> None:
    upload, profile_id = request.FILES.get("file"), request.POST.get("profile", "")
    if upload is None and not profile_id:
        messages.error(request, "Choose a certificate file, or a profile that has a certificate.")
        return
    if upload is not None and not sandbox_tenant.add_certificate(
        request.actor, client_id, upload.read(MAX_CERTIFICATE)
    ):
        messages.error(request, "No certificate is in that file. Upload the .cer or .pem file of the public part.")
        return
    if upload is None:
        sandbox_tenant.add_profile_certificate(request.actor, client_id, profile_id)
    messages.success(request, "The certificate is registered with the sandbox's tenant.")


def _page(request: ActorRequest, tab: SandboxTab, *, status: int = 200, **shown: Any) -> HttpResponse:
    """One tab; `shown` are what was just made, forms that were refused, and what stands open."""
    _must_be_on()
    space = sandbox.workspace(request.actor)
    made, key, new_secret = (shown.get(name) for name in ("made", "key", "new_secret"))
    own = profiles.list_own(request.actor) if tab in (CLIENTS, PROVIDERS) else []
    view = sandbox_view(space, own, now=request.now, made=made, key=key, new_secret=new_secret)
    context = {"sandbox": view, "tab": tab.code, "tabs": tabs_view(tab), **_PARTS[tab](request, space, view, shown)}
    return render(request, "sandbox/index.html", context, partial="sandbox", status=status)


def _nothing_more(_request: ActorRequest, _space: OpenWorkspace, _view: Shown, _shown: Shown) -> Shown:
    return {}


def _clients(request: ActorRequest, space: OpenWorkspace, view: Shown, shown: Shown) -> Shown:
    refused = shown.get("sign_in_forms", {})
    for one in view["clients"]:
        one["sign_in"] = refused.get(one["id"]) or sign_in_form(space, one["id"])
        one["is_open"] = one["id"] in refused
    fresh = {"client_id": sandbox_tenant.new_client_id()}
    made = shown.get("made")
    return {
        "form": shown.get("form") or ClientForm(initial=fresh, apis=space.state.apis),
        "found": handover.seal(request.actor, secret=made.secret) if made else "",
    }


def _providers(request: ActorRequest, space: OpenWorkspace, view: Shown, shown: Shown) -> Shown:
    listed, opened = providers_view(space.base, space.state.registered, request.now), shown.get("open_provider", "")
    if view["made"]:
        view["made"].update(handed_over(listed, opened, view["made"]))
    return {
        "providers": listed,
        "open_provider": opened,
        "typed_provider": shown.get("typed_provider", {}),
    }


def _policies(_request: ActorRequest, space: OpenWorkspace, _view: Shown, shown: Shown) -> Shown:
    typed = shown.get("policy_forms", {})
    return {"policies": [_policy(api, typed.get(api.path)) for api in space.state.gateway_apis]}


_PARTS: Mapping[SandboxTab, Callable[[ActorRequest, OpenWorkspace, Shown, Shown], Shown]] = {
    FAULTS: _nothing_more,
    CLIENTS: _clients,
    ADDRESSES: _nothing_more,
    PROVIDERS: _providers,
    POLICIES: _policies,
}


def _policy(api: GatewayApi, typed: GatewayPolicyForm | None) -> dict[str, Any]:
    """One policy of the gateway with its form: what was typed, else what is kept."""
    form = typed or GatewayPolicyForm(initial={"policy": api.policy}, path=api.path)
    is_original = sandbox_policies.is_original(api)
    return {"path": api.path, "name": api.name, "form": form, "is_original": is_original, "is_open": typed is not None}


def _way_back(request: ActorRequest) -> str:
    """The page of this console that the form names, else the sandbox's."""
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else reverse("sandbox")


def _must_be_on() -> None:
    if not settings.CONSOLE_SANDBOX:
        raise Http404
