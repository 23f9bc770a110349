"""Packages of the validating program do not fit each other, so keys or claims are never loaded."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="validator-library-mismatch",
    stage=Stage.SIGNATURE,
    title="Libraries of the API do not fit each other",
    what="Packages of the program that checks the token are of versions that do not fit each other.",
    do="Bring all packages of the token library to one version, and deploy the API anew.",
    who=Owner.API_OWNER,
    match=by_phrase("validator-library-mismatch"),
)
