"""Documents of generators that nobody here wrote, as they write them today."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Query, Security
from fastapi import Path as PathParameter
from fastapi.security import OAuth2AuthorizationCodeBearer
from pydantic import BaseModel

from console.core.openapi.model import SecurityRequirement
from console.core.openapi.read import read_bytes, read_document

WRITER = Path(__file__).parent / "written_by_spectacular.py"


class Line(BaseModel):
    amount: int = 3
    note: str | None = None


class Order(BaseModel):
    country: str
    lines: list[Line]


def orders():
    app = FastAPI(title="Orders", version="2")
    entra = OAuth2AuthorizationCodeBearer(
        "https://login.example.com/a", "https://login.example.com/t", scheme_name="entra"
    )

    @app.get("/orders", tags=["Orders"], summary="List")
    def listed(top: Annotated[int, Query()], _: Annotated[str, Security(entra, scopes=["Orders.Read"])]) -> list[Order]:
        return []

    @app.post("/orders", tags=["Orders"])
    def made(order: Order) -> Order:
        return order

    for register in (app.get, app.put, app.delete):

        @register("/orders/{id}", operation_id=f"{register.__name__}_one")
        def one(id: Annotated[int, PathParameter()]) -> Order:
            return Order(country="NO", lines=[])

    return app


def test_no_operation_of_fastapi_is_lost():
    document = read_document(json.dumps(orders().openapi()))
    assert document.format.startswith("OpenAPI 3.1")
    assert document.problems == ()
    found = {one.key: one for one in document.operations}
    assert set(found) == {
        "GET /orders", "POST /orders", "GET /orders/{id}", "PUT /orders/{id}", "DELETE /orders/{id}",
    }  # fmt: skip
    listed = found["GET /orders"]
    assert listed.needs == (SecurityRequirement(("entra",), ("Orders.Read",)),)
    assert [(one.name, one.type, one.is_required) for one in listed.parameters] == [("top", "integer", True)]
    made = json.loads(found["POST /orders"].body.example)
    assert made == {"country": "text", "lines": [{"amount": 3, "note": "text"}]}
    assert found["GET /orders"].tags == ("Orders",)


def test_no_operation_of_drf_spectacular_is_lost():
    ran = subprocess.run([sys.executable, WRITER], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()[-2_000:]
    document = read_bytes(ran.stdout)
    assert document.format.startswith("OpenAPI 3.0")
    assert document.problems == ()
    assert {one.key for one in document.operations} == {
        "GET /orders/", "POST /orders/", "GET /orders/{id}/", "PUT /orders/{id}/", "PATCH /orders/{id}/",
        "DELETE /orders/{id}/",
    }  # fmt: skip
    made = next(one for one in document.operations if one.key == "POST /orders/")
    assert json.loads(made.body.example) == {"country": "NO", "lines": ["text"]}
    assert made.needs[0].schemes == ("basicAuth",)
