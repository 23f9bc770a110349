"""What is known of an API from its OpenAPI document: plain values, small enough to be kept."""

from dataclasses import dataclass

MAX_BYTES = 6 * 1024 * 1024  # of a document
MAX_OPERATIONS = 5_000
MAX_KEPT = 5 * MAX_BYTES  # characters of all operations: many may refer to one and the same large part
MAX_PROBLEMS = 100  # told of one document; what is wrong a thousand times is not told a thousand times
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")  # query: OpenAPI 3.2


@dataclass(frozen=True, slots=True)
class OperationParameter:
    """`place` is path, query, header or cookie. `type` is in words: "integer", "list of string", "" when not said.

    `example` is the value as it is written into an address, "" when there is none; `choices` are all that are taken,
    empty when any is. `is_repeated`: of a list each value is sent under the name again (`a=1&a=2`), not with commas.
    """

    name: str
    place: str
    is_required: bool = False
    description: str = ""
    type: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class OperationBody:
    """What is sent along. `example` is text of that `media_type`, "" when none could be made.

    `schema` is as SchemaKeeper writes it, "" for none; it is kept apart, and not here once it is.
    """

    media_type: str
    example: str = ""
    is_required: bool = False
    description: str = ""
    schema: str = ""


@dataclass(frozen=True, slots=True)
class SecurityRequirement:
    """One way to be let in; all of it is needed at once. Without schemes: nothing is needed.

    `scopes` are of OAuth schemes, as they are asked for (RFC 6749 section 3.3); `roles` are what OpenAPI 3.1 lets other
    schemes name. `schemes` are the names of the security schemes.
    """

    schemes: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentOperation:
    """`method` in upper case, `path` with its `{parameters}`. `needs` are alternatives; none: it does not say."""

    method: str
    path: str
    name: str = ""  # operationId
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    is_deprecated: bool = False
    parameters: tuple[OperationParameter, ...] = ()
    body: OperationBody | None = None
    needs: tuple[SecurityRequirement, ...] = ()

    @property
    def key(self) -> str:
        """What it is known by: "GET /orders/{id}"."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """`kind` is oauth2, openIdConnect, bearer, basic, apiKey or mutualTLS, as far as it is told.

    `detail` says where it goes or comes from: a header, a token endpoint, an address of metadata.
    """

    name: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """`line` counts from 1; None where nobody can say. `where` is the place: "paths › /orders › get"."""

    what: str
    line: int | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class ApiDocument:
    """What could be read of a document. `format` is "OpenAPI 3.1.0" or "Swagger 2.0", "" for what is neither.

    `servers` are the addresses it says it is served at. `problem_count` counts those beyond MAX_PROBLEMS too.
    """

    format: str = ""
    title: str = ""
    version: str = ""
    servers: tuple[str, ...] = ()
    schemes: tuple[SecurityScheme, ...] = ()
    operations: tuple[DocumentOperation, ...] = ()
    problems: tuple[DocumentProblem, ...] = ()
    problem_count: int = 0
