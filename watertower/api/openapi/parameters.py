"""Which parameters an operation reads: found in the source of its handler.

Handlers read parameters by name (`request.text("status")`), so the source is the one place that
knows them all. Functions that are given the whole request are followed.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
ID: Schema = {"type": "string", "pattern": "^[0-9]+$"}
SCHEMAS: dict[str, Schema] = {
    "text": STRING,
    "required_text": STRING,
    "flag": {"type": "boolean"},
    "is_on": {"type": "boolean"},
    "number": {"type": "integer"},
    "id": ID,
    "list_of": {"type": "array", "items": {}},
    "texts": {"type": "array", "items": STRING},
    "ids": {"type": "array", "items": ID},
    "group": {"type": "object"},
    "moment": {"type": "string", "format": "date-time"},
    "upload": {"type": "string", "contentMediaType": "application/octet-stream"},
    "one_of": STRING,
}
PAGE: dict[str, Schema] = {
    "max_id": ID,
    "since_id": ID,
    "min_id": ID,
    "limit": {"type": "integer"},
}


def parameters_of(handler: Callable[..., Any]) -> dict[str, Schema]:
    """Parameters by name, in the order in which they are read. Inner names as `poll[options]`."""
    return dict(_found(handler, ()))


@cache
def _tree(function: Callable[..., Any]) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _found(
    function: Callable[..., Any], seen: tuple[Callable[..., Any], ...]
) -> Iterator[tuple[str, Schema]]:
    if function in seen or not inspect.isfunction(inspect.unwrap(function)):
        return
    names = vars(inspect.getmodule(function))
    groups: dict[str, str] = {}
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Assign) and (group := _group_name(node.value)):
            groups |= {t.id: group for t in node.targets if isinstance(t, ast.Name)}
    calls = [node for node in ast.walk(_tree(function)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(node.func, ast.Attribute):
            yield from _read(node, node.func, names, groups)
        elif isinstance(node.func, ast.Name) and _is_given_the_request(node):
            called = names.get(node.func.id)
            if inspect.isfunction(called) and called.__module__.startswith("watertower.api"):
                yield from _found(called, (*seen, function))


def _read(
    call: ast.Call, method: ast.Attribute, names: dict[str, Any], groups: dict[str, str]
) -> Iterator[tuple[str, Schema]]:
    """What one call of a method of the request reads."""
    if not isinstance(method.value, ast.Name):
        return
    owner = method.value.id
    if owner not in {"request", *groups}:
        return
    if method.attr == "page":
        yield from PAGE.items()
    elif method.attr in SCHEMAS and call.args and isinstance(call.args[0], ast.Constant):
        name = str(call.args[0].value)
        schema = SCHEMAS[method.attr]
        if method.attr == "one_of" and len(call.args) > 1:
            schema = schema | _words(call.args[1], names)
        yield (f"{groups[owner]}[{name}]" if owner in groups else name), schema


def _words(node: ast.expr, names: dict[str, Any]) -> Schema:
    """The words allowed, where they stand in the call or under a name of the module."""
    value: Any = None
    if isinstance(node, ast.Name):
        value = names.get(node.id)
    elif isinstance(node, ast.Tuple):
        value = [one.value for one in node.elts if isinstance(one, ast.Constant)]
    if isinstance(value, tuple | list) and all(isinstance(one, str) for one in value):
        return {"enum": list(value)}
    return {}


def _group_name(node: ast.expr) -> str | None:
    """The name in `x = request.group("name")`."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "group"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ):
        return str(node.args[0].value)
    return None


def _is_given_the_request(call: ast.Call) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "request" for one in call.args)
