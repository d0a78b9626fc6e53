"""Every route of staff that writes leads to a line of the audit log: generated from the tables.

Follows the calls of each handler through the program's own source. It cannot see whether a line
is written in every case; each subject's tests assert the lines themselves.
"""

import ast
from functools import cache

import pytest

from tests.house.source import PACKAGE, ROOT
from watertower.api.routes import ROUTES as API_ROUTES
from watertower.web.routes import ROUTES as WEB_ROUTES

WRITES = {"POST", "PUT", "PATCH", "DELETE"}
LOG = "watertower.moderation.steps.log.log"

# What writes nothing about anybody, with the reason.
FIGURES = "figures about everybody; Mastodon asks for them by POST"
WITHOUT_A_LINE = {
    "POST /api/v1/admin/measures": FIGURES,
    "POST /api/v1/admin/dimensions": FIGURES,
    "POST /api/v1/admin/retention": FIGURES,
    "POST /api/v1/admin/canonical_email_blocks/test": "asks whether an address is blocked",
}


def staff_routes():
    for row in WEB_ROUTES:
        if row.method in WRITES and row.path.startswith("/desk") and row.permission is not None:
            yield f"{row.method} {row.path}", row.handler
    for row in API_ROUTES:
        is_staffs = "/admin/" in row.path or row.path.startswith("/api/watertower/")
        if row.method in WRITES and is_staffs and row.rule.permission is not None:
            yield f"{row.method} {row.path}", row.handler


@cache
def module(name: str):
    """(functions by name, what each imported name stands for) of a module of ours."""
    path = ROOT / (name.replace(".", "/") + ".py")
    if not path.exists():
        path = ROOT / name.replace(".", "/") / "__init__.py"
    if not path.exists():
        return {}, {}
    tree = ast.parse(path.read_text())
    functions, names = {}, {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            functions[node.name] = node
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                names[one.asname or one.name] = f"{node.module}.{one.name}"
        elif isinstance(node, ast.Import):
            for one in node.names:
                names[one.asname or one.name] = one.name
    return functions, names


def called(where: str, name: str):
    """Full names of everything that a function speaks of: whatever it calls is among it."""
    functions, names = module(where)
    if name not in functions:
        return
    for node in ast.walk(functions[name]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in names:
                yield f"{names[node.value.id]}.{node.attr}"
        elif isinstance(node, ast.Name):
            if node.id in functions and node.id != name:
                yield f"{where}.{node.id}"
            elif node.id in names:
                yield names[node.id]


@cache
def leads_to_a_line(full_name: str) -> bool:
    seen, open_ = set(), [full_name]
    while open_:
        one = open_.pop()
        if one == LOG:
            return True
        if one in seen or not one.startswith("watertower."):
            continue
        seen.add(one)
        where, _, name = one.rpartition(".")
        open_ += called(where, name)
    return False


ROWS = dict(staff_routes())


def test_there_are_routes_to_look_at():
    assert PACKAGE.exists()
    assert len(ROWS) > 30
    assert set(WITHOUT_A_LINE) <= set(ROWS)


@pytest.mark.parametrize("row", sorted(ROWS))
def test_every_act_of_staff_leads_to_a_line(row):
    handler = ROWS[row]
    found = leads_to_a_line(f"{handler.__module__}.{handler.__name__}")
    assert found != (row in WITHOUT_A_LINE), WITHOUT_A_LINE.get(row, "no line is written")
