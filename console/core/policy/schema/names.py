"""The names of all policies of API Management, as of 2026."""

KNOWN_POLICIES = frozenset({
    # access
    "authentication-basic", "authentication-certificate", "authentication-managed-identity", "authentication-token",
    "authentication-token-store", "check-header", "get-authorization-context", "ip-filter", "validate-azure-ad-token",
    "validate-client-certificate", "validate-jwt",
    # limits
    "limit-concurrency", "quota", "quota-by-key", "rate-limit", "rate-limit-by-key",
    # content
    "validate-content", "validate-graphql-request", "validate-headers", "validate-odata-request", "validate-parameters",
    "validate-status-code",
    # routing and sending
    "forward-request", "proxy", "rewrite-uri", "send-one-way-request", "send-request", "set-backend-service",
    "set-method", "set-url", "invoke-request",
    # changing the message
    "find-and-replace", "json-to-xml", "mock-response", "redirect-content-urls", "return-response", "set-body",
    "set-header", "set-query-parameter", "set-status", "xml-to-json", "xsl-transform",
    # other sites
    "cors", "cross-domain", "jsonp",
    # caching
    "cache-lookup", "cache-lookup-value", "cache-remove-value", "cache-store", "cache-store-value",
    # flow
    "base", "block", "choose", "include-fragment", "retry", "set-variable", "wait",
    # logs and measures
    "emit-metric", "log-to-eventhub", "set-request-metric-dimension-value", "trace",
    # language models
    "azure-openai-emit-token-metric", "azure-openai-semantic-cache-lookup", "azure-openai-semantic-cache-store",
    "azure-openai-token-limit", "llm-content-safety", "llm-emit-token-metric", "llm-semantic-cache-lookup",
    "llm-semantic-cache-store", "llm-token-limit",
    # other systems
    "cosmosdb-data-source", "graphql-data-source", "http-data-source", "invoke-dapr-binding", "publish-event",
    "publish-to-dapr", "sql-data-source",
})  # fmt: skip
