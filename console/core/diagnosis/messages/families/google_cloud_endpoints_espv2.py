"""What Google Cloud Endpoints ESPv2 prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Google Cloud Endpoints ESPv2",
    (
        Message(
            "API key not found. Please pass a valid API key.",
            "subscription-key-invalid",
            Confidence.CERTAIN,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
        ),
        Message(
            "API key not valid. Please pass a valid API key.",
            "subscription-key-invalid",
            Confidence.CERTAIN,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
        ),
        Message(
            "API key expired. Please renew the API key.",
            "subscription-key-invalid",
            Confidence.LIKELY,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
            also=("subscription-wrong-product",),
        ),
        Message(
            "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
            "subscription-key-missing",
            Confidence.CERTAIN,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
        ),
        Message(
            "API orders.endpoints.main.cloud.goog is not enabled for the project.",
            "subscription-wrong-product",
            Confidence.LIKELY,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:handler_impl (wording not matched literally)",
        ),
        Message(
            "IP address blocked.",
            "ip-not-allowed",
            Confidence.CERTAIN,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
        ),
        Message(
            "Client application blocked.",
            "client-not-allowed",
            Confidence.LIKELY,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
            also=("application-disabled",),
        ),
        Message(
            "Referer blocked.",
            "",
            Confidence.POSSIBLE,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
            also=(
                "cors-preflight-rejected",
                "client-not-allowed",
            ),
        ),
        Message(
            "Client project not found. Please pass a valid project.",
            "subscription-wrong-product",
            Confidence.POSSIBLE,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
            also=("subscription-key-invalid",),
        ),
        Message(
            "Quota check failed.",
            "rate-or-quota-exceeded",
            Confidence.CERTAIN,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
        ),
        Message(
            "Permission denied.",
            "",
            Confidence.POSSIBLE,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
            also=(
                "role-insufficient",
                "client-not-allowed",
            ),
        ),
        Message(
            "Audiences in Jwt are not allowed",
            "audience-other-api",
            Confidence.LIKELY,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
        ),
        Message(
            "Jwks doesn't have key to match kid or alg from Jwt",
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus (wording not matched literally)",
            also=(
                "jwks-cache-stale",
                "signing-key-retired",
                "app-specific-signing-key",
            ),
        ),
        Message(
            "Jwt issuer is not configured",
            "issuer-wrong-tenant",
            Confidence.POSSIBLE,
            "response",
            "GoogleCloudPlatform/esp-v2 src/api_proxy/service_control/check_response_convert_utils.cc:convertResponseStatus",
            also=(
                "issuer-version-mismatch",
                "issuer-spelling-mismatch",
                "wrong-authorization-server",
            ),
        ),
    ),
)
