"""Rows as JSON, JSON lines and CSV: the same values in each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

TYPES: Mapping[str, str] = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
}
_ALSO = {"application/x-ndjson": "jsonl", "application/ndjson": "jsonl"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


def wanted(accept: str) -> str:
    """The form that an Accept header asks for first; JSON where it asks for none of ours."""
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        form = _ALSO.get(name) or next((form for form, kind in TYPES.items() if kind == name), "")
        if form and weight.replace(".", "", 1).isdecimal() and float(weight) > 0:
            ranked.append((-float(weight), place, form))
    return min(ranked)[2] if ranked else "json"


def page(rows: Sequence[BaseModel], following: str | None, form: str, model: type[BaseModel]) -> bytes:
    """A page of a list."""
    values = [row.model_dump(mode="json") for row in rows]
    if form == "jsonl":
        return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()
    if form == "csv":
        return _table(values, list(columns(model))).encode()
    return one({"items": values, "next": following})


def one(value: Mapping[str, Any]) -> bytes:
    """One thing."""
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()


def columns(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """The columns of a model: what lies within another value has its name before it."""
    for name, field in model.model_fields.items():
        inner = _inner(field.annotation)
        if inner is not None:
            yield from columns(inner, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _inner(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - whatever a field is declared as
    kinds = (
        annotation,
        *(getattr(annotation, "__args__", ()) if getattr(annotation, "__origin__", None) is None else ()),
    )
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _table(values: Sequence[Mapping[str, Any]], names: list[str]) -> str:
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(_at(value, name)) for name in names] for value in values)
    return kept.getvalue()


def _at(value: Any, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    for part in name.split("."):
        if value is None:
            return None
        value = value[part]
    return value


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
