"""Policies that change the call, its answer or a record of it, but never refuse a caller. Source: the vendor's list."""

HARMLESS = frozenset({
    "azure-openai-emit-token-metric", "azure-openai-semantic-cache-lookup", "azure-openai-semantic-cache-store",
    "cache-lookup", "cache-lookup-value", "cache-remove-value", "cache-store", "cache-store-value",
    "cosmosdb-data-source", "cross-domain", "emit-metric", "find-and-replace", "forward-request", "graphql-data-source",
    "http-data-source", "invoke-dapr-binding", "json-to-xml", "jsonp", "llm-emit-token-metric",
    "llm-semantic-cache-lookup", "llm-semantic-cache-store", "log-to-eventhub", "proxy", "publish-event",
    "publish-to-dapr", "redirect-content-urls", "rewrite-uri", "send-one-way-request", "send-request",
    "send-service-bus-message", "set-backend-service", "set-body", "set-method", "set-request-metric-dimension-value",
    "set-status", "sql-data-source",
    "trace", "xml-to-json", "xsl-transform",
})  # fmt: skip
