"""Every address of the console. Words in addresses are the vocabulary's."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter, UUIDConverter

from console.core.authorization import BackProblem
from console.core.reference.entry import EntryKind
from console.web.pages import (
    api_policy,
    apis,
    audit,
    authorizations,
    calls,
    cases,
    checklist,
    client_keys,
    compare,
    connections,
    credentials,
    groups,
    health,
    inspect,
    people,
    policies,
    profiles,
    reference,
    sandbox,
    session,
    sharing,
    sign_in,
    start,
    token_checks,
    token_steps,
    tokens,
    triage,
    which_grant,
)


class IdConverter(UUIDConverter):
    """An id as the core has it: the text of a UUID."""

    def to_python(self, value: str) -> str:  # type: ignore[override]  # Django's own gives a UUID
        return value


class FileKindConverter(StringConverter):
    """A kind of file that the audit trail is exported as."""

    regex = "|".join(audit.FILES)


class BackProblemConverter(StringConverter):
    """Why an answer of a provider was not taken."""

    regex = "|".join(BackProblem)


class ReferenceKindConverter(StringConverter):
    """A kind of entry of the reference."""

    regex = "|".join(EntryKind)


register_converter(IdConverter, "id")
register_converter(BackProblemConverter, "back_problem")
register_converter(FileKindConverter, "file_kind")
register_converter(ReferenceKindConverter, "reference_kind")

urlpatterns = [
    path("", start.index, name="start"),
    path("inspect/", inspect.inspect, name="inspect"),
    path("inspect/compare/", compare.compare, name="compare"),
    path("triage/", triage.sort_log, name="triage"),
    path("profiles/", profiles.index, name="profiles"),
    path("profiles/new/", profiles.new, name="profile-new"),
    path("profiles/which-grant/", which_grant.ask, name="which-grant"),
    path("profiles/hand-over/", profiles.handover, name="profile-handover"),
    path("profiles/samples/", start.samples, name="profile-samples"),
    path("profiles/<id:profile_id>/", profiles.detail, name="profile"),
    path("profiles/<id:profile_id>/checklist/", checklist.of_profile, name="profile-checklist"),
    path("profiles/<id:profile_id>/edit/", profiles.edit, name="profile-edit"),
    path("profiles/<id:profile_id>/destination/", profiles.confirm, name="profile-destination"),
    path("profiles/<id:profile_id>/duplicate/", profiles.duplicate, name="profile-duplicate"),
    path("profiles/<id:profile_id>/delete/", profiles.delete, name="profile-delete"),
    path("profiles/<id:profile_id>/sharing/", sharing.index, {"kind": "profile"}, name="profile-sharing"),
    path("profiles/<id:profile_id>/secret/", credentials.secret, name="profile-secret"),
    path("profiles/<id:profile_id>/key-file/", credentials.key_file, name="profile-key-file"),
    path("profiles/<id:profile_id>/certificate/", credentials.make_certificate, name="profile-make-certificate"),
    path("profiles/<id:profile_id>/certificate.cer", credentials.certificate, name="profile-certificate"),
    path("profiles/<id:profile_id>/key/", client_keys.signing_key, name="profile-signing-key"),
    path("profiles/<id:profile_id>/key/new/", client_keys.make_key, name="profile-make-key"),
    path("profiles/<id:profile_id>/jwks.json", client_keys.public_keys, name="profile-public-keys"),
    path("profiles/<id:profile_id>/assertion/", client_keys.assertion, name="profile-assertion"),
    path("profiles/<id:profile_id>/credential/remove/", credentials.discard, name="profile-credential-remove"),
    path("profiles/<id:profile_id>/subscription-key/", credentials.subscription_key, name="profile-subscription-key"),
    path("profiles/<id:profile_id>/token/", tokens.obtain, name="profile-token"),
    path("profiles/<id:profile_id>/token/steps/", token_steps.step, name="profile-token-steps"),
    path("profiles/<id:profile_id>/token/introspect/", token_checks.introspect, name="profile-token-introspect"),
    path("profiles/<id:profile_id>/token/revoke/", token_checks.revoke, name="profile-token-revoke"),
    path("profiles/<id:profile_id>/token/reveal/", tokens.reveal, name="profile-token-reveal"),
    path("profiles/<id:profile_id>/practise/", start.practise, name="profile-practise"),
    path("profiles/<id:profile_id>/call/", calls.send, name="profile-call"),
    path("profiles/<id:profile_id>/connections/new/", connections.new, name="connection-new"),
    path(
        "profiles/<id:profile_id>/connections/<id:connection_id>/delete/",
        connections.delete_anothers,
        name="profile-connection-delete",
    ),
    path("connections/<id:connection_id>/", connections.detail, name="connection"),
    path("connections/<id:connection_id>/edit/", connections.edit, name="connection-edit"),
    path("connections/<id:connection_id>/authorize/", connections.authorize, name="connection-authorize"),
    path("connections/<id:connection_id>/steps/", token_steps.of_connection, name="connection-steps"),
    path("connections/<id:connection_id>/links/", connections.link, name="connection-link"),
    path("connections/<id:connection_id>/links/<id:link_id>/", connections.revoke_link, name="connection-link-revoke"),
    path("connections/<id:connection_id>/refresh/", connections.refresh, name="connection-refresh"),
    path("connections/<id:connection_id>/disconnect/", connections.disconnect, name="connection-disconnect"),
    path("connections/<id:connection_id>/delete/", connections.delete, name="connection-delete"),
    path("connections/<id:connection_id>/sharing/", sharing.index, {"kind": "connection"}, name="connection-sharing"),
    path("calls/", calls.index, name="calls"),
    path("calls/<id:attempt_id>/", calls.detail, name="call"),
    path("calls/<id:attempt_id>/again/", calls.again, name="call-again"),
    path("calls/<id:attempt_id>/case/", calls.share, name="call-share"),
    path("calls/<id:attempt_id>/delete/", calls.delete, name="call-delete"),
    path("apis/", apis.index, name="apis"),
    path("apis/new/", apis.new, name="api-new"),
    path("apis/<id:api_id>/", apis.detail, name="api"),
    path("apis/<id:api_id>/checklist/", checklist.of_api, name="api-checklist"),
    path("apis/<id:api_id>/edit/", apis.edit, name="api-edit"),
    path("apis/<id:api_id>/sharing/", sharing.index, {"kind": "api"}, name="api-sharing"),
    path("apis/<id:api_id>/publish/", apis.publish, name="api-publish"),
    path("apis/<id:api_id>/proposal/", apis.decide, name="api-proposal"),
    path("apis/<id:api_id>/delete/", apis.delete, name="api-delete"),
    path("apis/<id:api_id>/policy/", policies.of_api, name="api-policy"),
    path("apis/<id:api_id>/policy/expectation/", api_policy.expectation, name="api-policy-expectation"),
    path("apis/<id:api_id>/policy/rows/<id:row_id>/", api_policy.row, name="api-policy-row"),
    path("apis/<id:api_id>/policy/files/<str:name>", api_policy.file, name="api-policy-file"),
    path("policies/", policies.any_policy, name="policy"),
    path("cases/new/", cases.new, name="case-new"),
    path("cases/", cases.index, name="cases"),
    path("cases/<id:case_id>/", cases.detail, name="case"),
    path("cases/<id:case_id>/sharing/", sharing.index, {"kind": "case"}, name="case-sharing"),
    path("cases/<id:case_id>/withdraw/", cases.withdraw, name="case-withdraw"),
    path("reference/", reference.index, name="reference"),
    path("reference/<reference_kind:entry_kind>/", reference.entries, name="reference-kind"),
    path("reference/<reference_kind:entry_kind>/<str:slug>/", reference.entry, name="reference-entry"),
    path("people/", people.index, name="people"),
    path("people/audit/", audit.index, name="audit"),
    path("people/audit/export/<file_kind:kind>/", audit.export, name="audit-export"),
    path("people/groups/", groups.index, name="groups"),
    path("people/groups/<id:group_id>/", groups.detail, name="group"),
    path("people/groups/<id:group_id>/members/", groups.members, name="group-members"),
    path("people/groups/<id:group_id>/delete/", groups.delete, name="group-delete"),
    path("people/<int:person_id>/", people.change, name="person"),
    path("people/<int:person_id>/link/", people.link, name="person-link"),
    path("people/<int:person_id>/address/", people.address, name="person-address"),
    path("sandbox/", sandbox.index, name="sandbox"),
    path("sandbox/-/fault/", sandbox.fault, name="sandbox-fault"),
    path("sandbox/-/clients/", sandbox.register, name="sandbox-register"),
    path("sandbox/-/clients/<id:client_id>/", sandbox.client, name="sandbox-client"),
    path("sandbox/-/clients/<id:client_id>/profile/", sandbox.profile, name="sandbox-profile"),
    path("sandbox/-/key/", sandbox.subscription_key, name="sandbox-key"),
    path("sandbox/-/providers/<slug:segment>/", sandbox.provider, name="sandbox-provider"),
    path("sandbox/-/policies/<slug:path>/", sandbox.policy, name="sandbox-policy"),
    path("connect/<str:token>/", authorizations.link, name="login-link"),
    path("back/", authorizations.back, name="back"),
    path("back/<back_problem:reason>/", authorizations.back_problem, name="back-problem"),
    path("authorize/<id:authorization_id>/", authorizations.authorization, name="authorization"),
    path("sign-in/<str:token>/", sign_in.link, name="sign-in-link"),
    path("welcome/", sign_in.choose, name="choose-way-in"),
    path("go-back/", sign_in.go_back, name="go-back"),
    path("session/", session.session, name="session"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
