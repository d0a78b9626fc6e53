"""The document: every operation with who may call it, what it reads and what it answers.

Answers are named by entities (entities.py) in answers.tsv, which the conformance test writes and
checks against real answers.
"""

import inspect
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from watertower import __version__
from watertower.api.gate import Needs
from watertower.api.openapi.entities import ENTITIES
from watertower.api.openapi.parameters import Schema, parameters_of
from watertower.api.route import Route

ANSWERS = Path(__file__).parent / "answers.tsv"

BASE: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "pattern": "^-?[0-9]{1,19}$"},
    "text": {"type": "string"},
    "html": {"type": "string", "contentMediaType": "text/html"},
    "url": {"type": "string", "format": "uri"},
    "uri": {"type": "string"},
    "time": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "object": {"type": "object"},
    "any": {},
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {"type": "string", "description": "What was refused, to be shown as it is."},
        "error_description": {"type": "string"},
        "details": {
            "type": "object",
            "description": "By field: a list of what is wrong with it.",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "error": {"type": "string"},
                        "description": {"type": "string"},
                    },
                },
            },
        },
    },
}
ABOUT = """\
Watertower answers the Mastodon client API, and what it adds lives below `/api/watertower/v1/`.
Parameters may be sent as query, form, multipart or JSON. Ids are strings. Lists are paged by
`max_id`, `since_id` and `min_id`, with a `Link` header. Every answer may be 429 with the headers
`X-RateLimit-*`.
"""
_PART = re.compile(r":([a-z_]+)")
_SPLAT = re.compile(r"\*(\w*)")


def openapi_document(routes: Sequence[Route]) -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    paths: dict[str, dict[str, Any]] = {}
    for row in sorted(routes, key=lambda one: (one.path, one.method)):
        paths.setdefault(template(row.path), {})[row.method.lower()] = operation(row)
    scopes = sorted({scope for row in routes for scope in row.rule.scopes})
    return {
        "openapi": "3.1.0",
        "info": {"title": "Watertower", "version": __version__, "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": {"error": ERROR} | {name: entity(name) for name in sorted(ENTITIES)},
            "securitySchemes": {
                "oauth": {
                    "type": "oauth2",
                    "flows": {
                        "authorizationCode": {
                            "authorizationUrl": "/oauth/authorize",
                            "tokenUrl": "/oauth/token",
                            "scopes": {scope: f"`{scope}`" for scope in scopes},
                        }
                    },
                }
            },
        },
    }


def template(path: str) -> str:
    """`/api/v1/statuses/:id` as `/api/v1/statuses/{id}`."""
    return _SPLAT.sub(r"{\1}", _PART.sub(r"{\1}", path))


def operation(row: Route) -> dict[str, Any]:
    """One operation."""
    says = (inspect.getdoc(row.handler) or "").split("\n", 1)
    found: dict[str, Any] = {
        "summary": says[0],
        "operationId": f"{row.method.lower()}{re.sub(r'[^A-Za-z0-9]+', '_', row.path)}",
        "tags": [group_of(row.path)],
        "responses": {
            "200": answer_of(row),
            "default": {
                "description": "Refused.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}},
            },
        },
    }
    if len(says) > 1 and says[1].strip():
        found["description"] = says[1].strip()
    parts = _PART.findall(row.path) + _SPLAT.findall(row.path)
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in parts
    ]
    read = parameters_of(row.handler)
    if row.method in {"GET", "DELETE"}:
        parameters += [
            {"name": name, "in": "query", "schema": schema} for name, schema in read.items()
        ]
    elif read:
        body = {"schema": nested(read)}
        kinds = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
        found["requestBody"] = {"content": dict.fromkeys(kinds, body)}
    if parameters:
        found["parameters"] = parameters
    if row.deprecated:
        found["deprecated"] = True
    if row.rule.needs is not Needs.UNASKED:
        scopes = [{"oauth": [scope]} for scope in sorted(row.rule.scopes)] or [{"oauth": []}]
        found["security"] = [*scopes, {}] if row.rule.needs is Needs.NOTHING else scopes
    return found


def nested(read: dict[str, Schema]) -> Schema:
    """Parameters as an object: `poll[options]` is `options` of the object `poll`."""
    properties: dict[str, Schema] = {}
    for name, schema in read.items():
        outer, _, inner = name.partition("[")
        if not inner:
            properties.setdefault(name, schema if schema.get("type") != "object" else {**schema})
        else:
            group = properties.setdefault(outer, {"type": "object"})
            group.setdefault("properties", {})[inner.rstrip("]")] = schema
    return {"type": "object", "properties": properties}


def group_of(path: str) -> str:
    """The first word of an address that says what it is about."""
    parts = path.strip("/").split("/")
    return parts[2] if parts[0] == "api" and len(parts) > 2 else parts[0]


@cache
def answers() -> dict[str, str]:
    """Kinds of answers by operation."""
    lines = ANSWERS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def answer_of(row: Route) -> dict[str, Any]:
    """What an operation answers when nothing is refused."""
    kind = answers().get(f"{row.method} {row.path}")
    if kind is None:
        return {"description": "Done."}
    return {
        "description": "Done.",
        "content": {"application/json": {"schema": schema_of(kind)}},
    }


def entity(name: str) -> dict[str, Any]:
    """The schema of an entity of the table."""
    attributes = ENTITIES[name]
    return {
        "type": "object",
        "required": [attribute for attribute, (_, may_miss) in attributes.items() if not may_miss],
        "properties": {attribute: schema_of(kind) for attribute, (kind, _) in attributes.items()},
    }


def schema_of(kind: str) -> dict[str, Any]:
    """A kind of the table, such as `[status]`, `url?` or `'public'|'private'`, as a schema."""
    if kind in {"{}", "[]"}:
        return {"type": "object"} if kind == "{}" else {"type": "array"}
    if kind.endswith("?"):
        return {"anyOf": [schema_of(kind[:-1]), {"type": "null"}]}
    if kind.startswith("[") and kind.endswith("]") and kind.count("[") == 1:
        return {"type": "array", "items": schema_of(kind[1:-1])}
    alternatives = kind.split("|")
    if all(one.startswith("'") for one in alternatives):
        return {"enum": [one.strip("'") for one in alternatives]}
    if len(alternatives) > 1:
        return {"anyOf": [schema_of(one) for one in alternatives]}
    if kind in BASE:
        return BASE[kind]
    return {"$ref": f"#/components/schemas/{kind}"}
