"""What is kept of a document beside its operations."""

from dataclasses import dataclass

from console.core.openapi.changes import DocumentChanges
from console.core.openapi.model import ApiDocument, DocumentProblem, SecurityScheme


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """As in ApiDocument; `changes` is what this document brought, None for the first of an API."""

    format: str = ""
    title: str = ""
    version: str = ""
    servers: tuple[str, ...] = ()
    schemes: tuple[SecurityScheme, ...] = ()
    problems: tuple[DocumentProblem, ...] = ()
    problem_count: int = 0
    operation_count: int = 0
    changes: DocumentChanges | None = None


def facts_of(document: ApiDocument, changes: DocumentChanges | None) -> DocumentFacts:
    return DocumentFacts(
        format=document.format,
        title=document.title,
        version=document.version,
        servers=document.servers,
        schemes=document.schemes,
        problems=document.problems,
        problem_count=document.problem_count,
        operation_count=len(document.operations),
        changes=changes,
    )
