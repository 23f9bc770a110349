"""Evidence that a page hands in: nothing in it is believed, so it is masked as what was sent and received is."""

from typing import Any, TypeVar

import msgspec

from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse, EvidenceTokenRequest
from console.core.redaction import structure
from console.core.redaction.names import QUERY_NAMES, mask_of
from console.core.redaction.redact import Redactor

T = TypeVar("T")


def without_secrets(evidence: Evidence, redactor: Redactor) -> Evidence:
    """The evidence with each header, field, parameter and member masked by its name, and each text swept."""
    clean = _Cleaner(redactor)
    return msgspec.structs.replace(
        evidence,
        token_header=clean.json(evidence.token_header),
        token_claims=clean.json(evidence.token_claims),
        signature=clean.text(evidence.signature),
        policy_xml=clean.text(evidence.policy_xml),
        policy=clean.texts(evidence.policy),
        expectations=clean.texts(evidence.expectations),
        request=evidence.request and clean.request(evidence.request),
        response=evidence.response and clean.response(evidence.response),
        token_request=evidence.token_request and clean.token_request(evidence.token_request),
        token_error=clean.json(evidence.token_error),
        profile=clean.json(evidence.profile),
        pasted=clean.text(evidence.pasted),
    )


class _Cleaner:
    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor

    def text(self, text: str | None) -> str | None:
        return None if text is None else self._redactor.text(text)

    def json(self, value: Any) -> Any:
        """A decoded JSON value, masked by the names of its members, which are swept as well."""
        return self._swept(structure.json_value(value))

    def texts(self, value: T) -> T:
        """What is made of texts of ours: a policy's verdict, what an API demands."""
        return value if value is None else msgspec.convert(self._only_texts(msgspec.to_builtins(value)), type(value))

    def request(self, request: EvidenceRequest) -> EvidenceRequest:
        return msgspec.structs.replace(
            request,
            method=self._redactor.text(request.method),
            url=self._redactor.url(request.url),
            headers=self._redactor.headers(request.headers),
            body=self._redactor.body(request.body.encode("utf-8", "replace"), request.headers).decode(
                "utf-8", "replace"
            ),
        )

    def response(self, response: EvidenceResponse) -> EvidenceResponse:
        return msgspec.structs.replace(
            response,
            headers=self._redactor.headers(response.headers),
            body=self.json(response.body),
            failure=self._redactor.text(response.failure),
            rule=self._redactor.text(response.rule),
            detail=self._redactor.text(response.detail),
        )

    def token_request(self, request: EvidenceTokenRequest) -> EvidenceTokenRequest:
        params = {
            self._redactor.text(name): mask_of(name.strip().lower(), QUERY_NAMES) or self._redactor.text(value)
            for name, value in request.params.items()
        }
        return msgspec.structs.replace(
            request,
            endpoint=self._redactor.url(request.endpoint),
            params=params,
            assertion=request.assertion and self._redactor.assertion(request.assertion),
            headers=self._redactor.headers(request.headers),
        )

    def _swept(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._redactor.text(name): self._swept(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._swept(item) for item in value]
        if isinstance(value, int) and not isinstance(value, bool):  # a secret that is a number
            written = self._redactor.text(str(value))
            return value if written == str(value) else written
        return self._redactor.text(value) if isinstance(value, str) else value

    def _only_texts(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._only_texts(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._only_texts(item) for item in value]
        return self._redactor.text(value) if isinstance(value, str) else value
