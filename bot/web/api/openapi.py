"""The OpenAPI document, written from the places and their models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.web.api import asking, models, written
from bot.web.api.places import PLACES, ROOT, Place

if TYPE_CHECKING:
    from bot.web.api.asking import Nothing

_SCHEMA = "#/components/schemas/{model}"
_PATTERN = re.compile(r"\{id:(.*)\}")
_PROBLEMS = {
    "401": "Neither a token nor a session, or a wrong one",
    "403": "Somebody who may not have this",
    "429": "Too often: ask again after `Retry-After` seconds",
    "503": "Not at the moment: ask again after `Retry-After` seconds",
}
_SAYS = (
    "What officials said, kept on record, and the conflicts in it. Everything is only read. Each answer has an `ETag`; "
    "asked for with `If-None-Match` it is 304 where nothing changed. An alert says that two statements differ, and not "
    "which of them is true."
)


def document(address: str) -> dict[str, Any]:
    """The document; `address` is where the service is reached, empty: wherever the document was found."""
    things: list[type[BaseModel]] = list(dict.fromkeys([*(place.gives for place in PLACES), asking.Problem]))
    _, schemas = models_json_schema([(thing, "serialization") for thing in things], ref_template=_SCHEMA)
    return {
        "openapi": "3.1.0",
        "info": {"title": "On Record", "version": version("on-record"), "description": _SAYS},
        "servers": [{"url": address or "/"}],
        "security": [{"token": []}],
        "paths": dict(_paths()),
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths() -> Iterator[tuple[str, dict[str, Any]]]:
    for place in PLACES:
        name = place.path.split("/")[1]
        if place.listed is None:
            yield _path(place), _get(place, f"get_{name}", _content(["json"], _ref(place.gives)), found=True)
            continue
        yield _path(place), _get(place, f"list_{name}", _content(list(written.TYPES), _listed(place)))
        for form in written.TYPES:
            told = _get(place, f"list_{name}_as_{form}", _content([form], _listed(place)))
            yield f"{_path(place)}.{form}", told
    alert = next(place for place in PLACES if place.gives is models.Alert and place.found)
    for name, kind, says in (
        ("proof", "application/json", "The proof of an alert, as `onrecord verify` checks it"),
        ("jsonld", "application/ld+json", "An alert as linked data of schema.org, without a verdict"),
    ):
        told = _get(alert, f"get_alert_{name}", {kind: {"schema": {"type": "object"}}}, found=True, says=says)
        if name == "proof":
            told["get"]["responses"]["409"] = _problem("The evidence of the alert does not hold")
        yield f"{_path(alert)}/{name}", told
    nothing = Place(path="", says="The newest alerts as an Atom feed", gives=models.Alert)
    yield f"{ROOT}/alerts.atom", _get(nothing, "alerts_atom", {"application/atom+xml": {"schema": {"type": "string"}}})
    nothing = Place(path="", says="This document", gives=models.Alert)
    yield f"{ROOT}/openapi.json", _get(nothing, "openapi", {"application/json": {"schema": {"type": "object"}}})


def _path(place: Place) -> str:
    return ROOT + _PATTERN.sub("{id}", place.path)


def _get(place: Place, name: str, content: dict[str, Any], *, found: bool = False, says: str = "") -> dict[str, Any]:
    headers: dict[str, Any] = {"ETag": {"schema": {"type": "string"}}}
    if place.listed is not None:
        headers["Link"] = {"schema": {"type": "string"}, "description": "The next page, where there is one"}
    answers: dict[str, Any] = {
        "200": {"description": says or place.says, "headers": headers, "content": content},
        "304": {"description": "Nothing changed"},
        "400": _problem("Parameters that are wrong, each with what is"),
        **{status: _problem(words) for status, words in _PROBLEMS.items()},
    }
    if found:
        answers["404"] = _problem("It is not on record")
    parameters = [*_in_path(place, found=found), *_in_query(place.asks)]
    return {"get": {"operationId": name, "summary": says or place.says, "parameters": parameters, "responses": answers}}


def _in_path(place: Place, *, found: bool) -> Iterator[dict[str, Any]]:
    if found and (named := _PATTERN.search(place.path)):
        schema = {"type": "string", "pattern": f"^{named[1]}$"}
        yield {"name": "id", "in": "path", "required": True, "schema": schema}


def _in_query(model: type[Nothing | BaseModel]) -> Iterator[dict[str, Any]]:
    schema = model.model_json_schema(mode="validation")
    for name, one in schema.get("properties", {}).items():
        bare = {key: value for key, value in one.items() if key not in {"title", "description", "anyOf"}}
        for part in one.get("anyOf", ()):  # what may be left out may not be given as null
            if part.get("type") != "null":
                bare |= part
        if bare.get("default", 0) is None:
            del bare["default"]
        yield {"name": name, "in": "query", "description": one.get("description", ""), "schema": bare}


def _listed(place: Place) -> dict[str, Any]:
    items = {"type": "array", "items": _ref(place.gives)}
    following = {"type": ["string", "null"], "description": "The `cursor` of the next page"}
    return {"type": "object", "properties": {"items": items, "next": following}, "required": ["items", "next"]}


def _content(forms: list[str], schema: dict[str, Any]) -> dict[str, Any]:
    return {written.TYPES[form]: {"schema": schema if form == "json" else {"type": "string"}} for form in forms}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _SCHEMA.format(model=model.__name__)}


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": _ref(asking.Problem)}}}
