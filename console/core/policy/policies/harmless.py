"""Policies that change the call, its answer or a record of it, but never refuse a caller. Source: the vendor's list."""

import dataclasses

from msgspec.structs import replace

from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.harmless_shapes import DOCUMENTED_IN, SHAPES
from console.core.policy.policies.shapes import SET_BODY, SET_STATUS
from console.core.policy.text.element import Element


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    """What expressions read of the call afterwards is what the policy left of it, as far as that is known."""
    done = PolicyStep(element.name, "", Verdict.ALLOW)
    if element.name == "set-method":
        return done, replace(flow, request=dataclasses.replace(flow.request, method=element.text.strip()))
    if element.name == "rewrite-uri":
        return done, replace(flow, is_rewritten=True)
    if element.name in _WRITE_BODIES and "body" in flow.context:
        return done, replace(flow, context={name: one for name, one in flow.context.items() if name != "body"})
    return done, flow


_WRITE_BODIES = frozenset({"set-body", "find-and-replace", "json-to-xml", "xml-to-json", "xsl-transform"})
_SHAPES = {shape.name: shape for shape in (SET_STATUS, SET_BODY, *SHAPES)}
_TITLES = {
    "azure-openai-emit-token-metric": "Emit metrics of Azure OpenAI tokens",
    "azure-openai-semantic-cache-lookup": "Look Azure OpenAI answers up in a cache",
    "azure-openai-semantic-cache-store": "Store Azure OpenAI answers in a cache",
    "cache-lookup": "Answer from the cache",
    "cache-lookup-value": "Look a value up in the cache",
    "cache-remove-value": "Remove a value from the cache",
    "cache-store": "Store the answer in the cache",
    "cache-store-value": "Store a value in the cache",
    "cosmosdb-data-source": "Resolve from Cosmos DB",
    "cross-domain": "Open the API to Flash and Silverlight",
    "emit-metric": "Emit a metric",
    "find-and-replace": "Find and replace text",
    "forward-request": "Forward the call to the back end",
    "graphql-data-source": "Resolve from GraphQL",
    "http-data-source": "Resolve from HTTP",
    "invoke-dapr-binding": "Trigger a Dapr output binding",
    "json-to-xml": "Convert JSON to XML",
    "jsonp": "Answer with JSONP",
    "llm-emit-token-metric": "Emit metrics of language model tokens",
    "llm-semantic-cache-lookup": "Look language model answers up in a cache",
    "llm-semantic-cache-store": "Store language model answers in a cache",
    "log-to-eventhub": "Log to an event hub",
    "proxy": "Send through a proxy",
    "publish-event": "Publish an event to GraphQL subscriptions",
    "publish-to-dapr": "Send a message to a Dapr topic",
    "redirect-content-urls": "Mask addresses in the content",
    "rewrite-uri": "Rewrite the address",
    "send-one-way-request": "Send a one-way request",
    "send-request": "Send a request",
    "send-service-bus-message": "Send a Service Bus message",
    "set-backend-service": "Set the back end",
    "set-body": "Set the body",
    "set-method": "Set the method",
    "set-request-metric-dimension-value": "Set a dimension of a metric",
    "set-status": "Set the status",
    "sql-data-source": "Resolve from a SQL database",
    "trace": "Write a trace",
    "xml-to-json": "Convert XML to JSON",
    "xsl-transform": "Transform with XSLT",
}
POLICY = tuple(
    Policy(name, title, REFERENCE + name, run, _SHAPES.get(name), documented_in=DOCUMENTED_IN.get(name, ()))
    for name, title in _TITLES.items()
)
