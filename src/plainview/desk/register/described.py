"""What programs read of a district's own register, described for them: OpenAPI.

In:   nothing.
Out:  the description; it holds no district's word, so anyone may read it.
Not here: the answers themselves (tell), who may ask (open_views).
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from plainview.desk.published.clocks import Status
from plainview.desk.published.page import Words


class Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConditionTold(Told):
    id: str
    words: Words
    owner: str
    deadline: date
    status: Status
    since: date | None
    days_left: int | None
    days_over: int | None


class ContractTold(Told):
    product: str | None = Field(description="its slug on the public pages, where it has one")
    name: str
    vendor: str
    starts_on: date | None
    ends_on: date | None
    notice_days: int | None
    say_so_by: date | None = Field(description="the last day to give notice")
    cost: Decimal | None = Field(description="a year, in `currency`")
    currency: str
    who_pays: str
    children: int
    child_minutes_a_week: int
    conditions: list[ConditionTold]


class NewsTold(Told):
    id: str = Field(description="stays the same wherever and whenever it is told")
    at: datetime
    product: str
    name: str
    kind: str
    words: str
    page: str


class Contracts(Told):
    district: str
    on: date
    contracts: list[ContractTold]


class News(Told):
    district: str
    on: date
    news: list[NewsTold]


class Refused(Told):
    error: str


ANSWERS = {
    "contracts": ("Each contract, with the conditions that bind it today", Contracts),
    "news": ("What happened to what the district uses, the newest first", News),
}


@cache
def openapi() -> dict[str, Any]:
    models = [*(model for _summary, model in ANSWERS.values()), Refused]
    named, schemas = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Plainview: a district's own register",
            "version": "1",
            "description": "Read only. The secret is the district's own, and opens its register alone.",
        },
        "paths": {
            f"/desk/register/api/v1/{name}": _path(name, summary, named[(model, "serialization")])
            for name, (summary, model) in ANSWERS.items()
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"secret": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"secret": []}],
    }


def _path(name: str, summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    refused = {"$ref": "#/components/schemas/Refused"}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "responses": {
                "200": _response("As it stands today", schema),
                "401": _response("Without the secret, or too often with a wrong one", refused),
            },
        }
    }


def _response(says: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": schema}}}
