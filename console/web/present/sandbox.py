"""The sandbox's page: addresses, faults, registrations, and what was just made (shown once)."""

from typing import Any

from console.core.credential import Secret
from console.core.profile import Profile
from console.sandbox.faults import FAULTS
from console.sandbox.state import ClientRegistration, State
from console.services.sandbox import Workspace
from console.services.sandbox_tenant import Registered
from console.web.present import words


def sandbox_view(
    space: Workspace, profiles: list[Profile], *, now: int, made: Registered | None = None, key: Secret | None = None
) -> dict[str, Any]:
    """`made` and `key` hold values that are shown in this one answer and never again."""
    state, base = space.state, space.base
    active = next((fault for fault in FAULTS if fault.code == state.fault), None)
    return {
        "base": base,
        "tenant": state.tenant_id,
        "addresses": _addresses(base, state),
        "apis": [
            {"name": api.name, "uri": api.identifier_uri, "version": api.requested_version, "roles": api.app_roles}
            for api in state.apis
        ],
        "gateway": [
            {
                "name": api.name,
                "base_url": f"{base}/gateway/{api.path}",
                "operations": api.operations,
                "key": api.requires_key,
            }
            for api in state.gateway_apis
        ],
        "active": {"code": active.code, "title": active.title} if active else None,
        "faults": [
            {
                "code": fault.code,
                "title": fault.title,
                "explanation": fault.explanation,
                "cause": fault.cause,
                "needs": fault.needs,
                "is_active": fault.code == state.fault,
            }
            for fault in FAULTS
        ],
        "clients": [_client(client, state, now) for client in state.clients],
        "with_certificate": [
            {"id": profile.id, "name": profile.name} for profile in profiles if profile.credential.certificate
        ],
        "made": _made(made) if made else None,
        "key": key.reveal() if key else "",
    }


def _addresses(base: str, state: State) -> list[dict[str, Any]]:
    tenant = f"{base}/{state.tenant_id}"
    pairs = (
        ("Authority", tenant),
        ("Token endpoint", f"{tenant}/oauth2/v2.0/token"),
        ("OpenID configuration (v2)", f"{tenant}/v2.0/.well-known/openid-configuration"),
        ("Keys", f"{tenant}/discovery/v2.0/keys"),
        ("Gateway", f"{base}/gateway"),
    )
    return [{"label": label, "value": value, "is_code": True} for label, value in pairs]


def _made(made: Registered) -> dict[str, str]:
    return {"client_id": made.client.id, "name": made.client.name, "secret": made.secret.reveal()}


def _client(client: ClientRegistration, state: State, now: int) -> dict[str, Any]:
    return {
        "id": client.id,
        "name": client.name,
        "secrets": [
            {"id": secret.id, "expires": words.exact(secret.expires_at), "is_expired": secret.expires_at <= now}
            for secret in client.secrets
        ],
        "certificates": [
            {"x5t_s256": item.x5t_s256, "expires": words.exact(item.not_after), "is_expired": item.not_after <= now}
            for item in client.certificates
        ],
        "roles": [
            {
                "value": f"{api.id} {role}",
                "label": f"{api.name}: {role}",
                "is_granted": role in client.roles_for(api.id),
            }
            for api in state.apis
            for role in api.app_roles
        ],
    }
