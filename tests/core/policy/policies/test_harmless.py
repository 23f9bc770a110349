"""Policies that refuse nobody: each passes every call, without a word and without a question."""

import pytest

from console.core.policy.engine.model import Verdict
from console.core.policy.policies import harmless
from tests.core.policy.builders import judged, request

NAMES = [
    "azure-openai-emit-token-metric",
    "azure-openai-semantic-cache-lookup",
    "azure-openai-semantic-cache-store",
    "cache-lookup",
    "cache-lookup-value",
    "cache-remove-value",
    "cache-store",
    "cache-store-value",
    "cosmosdb-data-source",
    "cross-domain",
    "emit-metric",
    "find-and-replace",
    "forward-request",
    "graphql-data-source",
    "http-data-source",
    "invoke-dapr-binding",
    "json-to-xml",
    "jsonp",
    "llm-emit-token-metric",
    "llm-semantic-cache-lookup",
    "llm-semantic-cache-store",
    "log-to-eventhub",
    "proxy",
    "publish-event",
    "publish-to-dapr",
    "redirect-content-urls",
    "rewrite-uri",
    "send-one-way-request",
    "send-request",
    "send-service-bus-message",
    "set-backend-service",
    "set-body",
    "set-method",
    "set-request-metric-dimension-value",
    "set-status",
    "sql-data-source",
    "trace",
    "xml-to-json",
    "xsl-transform",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_that_refuses_nobody_passes(name):
    trace = judged(f"<{name}/>", request())
    assert (trace.verdict, trace.warnings, trace.needs) == (Verdict.ALLOW, (), ())


def test_every_harmless_policy_has_a_row():
    assert sorted(policy.name for policy in harmless.POLICY) == sorted(NAMES)
