"""What an experienced reviewer would say about a policy text, without any token.

Each rule is one entry with all that is told of its warning. A rule judges only what stands in the text: a named
value or an expression is never judged, so a text with its placeholders unfilled can be given.
"""

from collections.abc import Mapping

from console.core.policy.engine.model import Warned
from console.core.policy.lint import (
    audiences,
    claims,
    expressions,
    issuers,
    layout,
    order,
    settings,
    unsettled,
    written_secrets,
)
from console.core.policy.lint.base import Explained, Rule, ground_of, merged
from console.core.policy.lint.of_a_call import OF_A_CALL
from console.core.policy.text.document import PolicyDocument

RULES: tuple[Rule, ...] = (
    layout.hidden_scope,
    layout.hidden_fragment,
    layout.template_field,
    written_secrets.secret_in_policy,
    settings.unsigned_accepted,
    issuers.no_keys,
    issuers.issuer_not_checked,
    issuers.template_issuer,
    issuers.external_tenant,
    issuers.any_tenant_accepted,
    issuers.tenant_conflict,
    issuers.issuer_form_never_used,
    issuers.mixed_versions,
    issuers.host_misspelt,
    issuers.metadata_address,
    issuers.metadata_not_https,
    audiences.audience_not_checked,
    audiences.audiences_empty,
    audiences.audience_of_other_version,
    unsettled.unsettled_azure_ad_lists,
    audiences.graph_audience,
    audiences.request_wanted,
    claims.any_client_accepted,
    claims.version_mismatch,
    claims.match_all_single_valued,
    claims.match_default_all,
    claims.scope_separator,
    claims.value_holds_separator,
    claims.several_in_one_value,
    claims.roles_and_scopes,
    claims.claims_exclude_each_other,
    claims.claim_name,
    order.token_overwritten,
    order.never_reached,
    order.conditional_validation,
    order.policies_exclude_each_other,
    order.cors_after_token_policy,
    order.cors_without_token_header,
    order.cached_before_validation,
    order.answer_shared_by_cache,
    order.refusal_hidden,
    expressions.unverified_token,
    expressions.token_value_with_scheme,
    expressions.variable_before_policy,
    expressions.output_variable_unused,
    expressions.token_in_log,
    settings.require_scheme_ignored,
    settings.token_in_url,
    settings.no_expiry_required,
    settings.large_skew,
    settings.unusual_status,
    settings.weak_inline_key,
    settings.key_not_base64,
    layout.wrong_section,
    layout.unknown_attribute,
    layout.element_order,
    layout.duplicate_entry,
    layout.empty_entry,
    layout.hidden_characters,
)


# Every warning by its code, those among them that only a call brings up.
EXPLAINED: Mapping[str, Explained] = {**OF_A_CALL, **{rule.code: rule for rule in RULES}}


def lint(document: PolicyDocument) -> tuple[Warned, ...]:
    """What is worth knowing about a policy text before any call is made, one warning for each code and path."""
    ground = ground_of(document)
    return tuple(merged(warned for rule in RULES for warned in rule.warnings(ground)))
