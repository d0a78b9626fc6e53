"""Rubbish in every parameter of every endpoint: never a 500, never a hang.

Each route is called with each kind of rubbish in every parameter name that the package reads,
in the query, as a form and as JSON, signed in as a member to whom the route is open.
"""

import ast
import asyncio
import json
import re

import pytest

from tests.house.source import PACKAGE, files, tree
from tests.world import a_status, a_token, an_account
from watertower.api.routes import ROUTES

READERS = {
    "text", "required_text", "flag", "is_on", "number", "id", "list_of", "texts", "ids", "group",
    "moment", "upload", "one_of",
}  # fmt: skip


def parameter_names():
    """Every name that a handler reads, from the source itself."""
    names = {"limit", "max_id", "min_id", "since_id"}
    for path in files():
        if PACKAGE / "api" not in path.parents:
            continue
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in READERS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                names.add(node.args[0].value)
    return sorted(name for name in names if isinstance(name, str))


NAMES = parameter_names()
DEEP = json.loads("[" * 60 + "]" * 60)
RUBBISH = {
    "a huge number": 10**30,
    "a negative number": -1,
    "the last id and one": 2**63,
    "a fraction": 1.5,
    "nothing": None,
    "a truth": True,
    "an empty text": "",
    "spaces": "   ",
    "NUL": "a\u0000b",
    "a lone surrogate": "\ud800",
    "other digits": "١٢٣",
    "a long text": "x" * 200_000,
    "a list": ["a", 1, None, {"b": []}],
    "an object": {"a": {"b": [1]}, "0": "x"},
    "a deep list": DEEP,
    "a date of no calendar": "99999-13-45T99:99:99Z",
    "percent signs": "%_%\\'\";--",
    "a number as text": "007",
}
FORMS = ("json", "query")
ADDRESSES = ("1", "-1", "9223372036854775808", "x" * 3000, "%00", "%F0%9F", "..%2F..", "%20")


@pytest.fixture(scope="module")
def caller():
    """One member's token for all cases."""
    return {}


async def token_of(ctx, caller):
    if not caller:
        account = await an_account(ctx, role_id=3)
        status = await a_status(ctx, by=account)
        caller["token"], caller["status"] = await a_token(ctx, account), str(status.id)
    return caller["token"]


def unended(row):
    """Routes that end the token they are called with get one of their own elsewhere."""
    return not row.path.startswith("/oauth/revoke")


@pytest.mark.parametrize("kind", list(RUBBISH))
async def test_rubbish_in_parameters_is_refused_with_words(ctx, client, caller, kind):
    value = RUBBISH[kind]
    body = json.dumps(dict.fromkeys(NAMES, value)).encode("utf-8", "surrogatepass")
    faults = []
    for row in filter(unended, ROUTES):
        token = await token_of(ctx, caller)
        path = re.sub(r"[:*]\w+", caller["status"], row.path)
        app = client.signed_in(token)
        options = {"data": body, "headers": {"Content-Type": "application/json"}}
        if row.method == "GET":
            text = "" if value is None else str(value)[:500].encode("utf-8", "replace").decode()
            options = {"params": dict.fromkeys(NAMES[:80], text)}
        answer = await asyncio.wait_for(app.call(row.method, path, **options), 15)
        if answer.status >= 500 and answer.status != 503:
            faults.append(f"{row.method} {row.path}: {answer.status}")
    assert faults == []


@pytest.mark.parametrize("segment", ADDRESSES)
async def test_rubbish_in_addresses_is_not_found(ctx, client, caller, segment):
    faults = []
    for row in ROUTES:
        if ":" not in row.path:
            continue
        from yarl import URL

        path = re.sub(r"[:*]\w+", segment, row.path)
        token = await token_of(ctx, caller)
        url = str(URL(client.base + path, encoded=True))
        answer = await asyncio.wait_for(client.signed_in(token).call(row.method, url), 15)
        if answer.status >= 500 and answer.status != 503:
            faults.append(f"{row.method} {row.path}: {answer.status}")
    assert faults == []


@pytest.mark.parametrize(
    ("kind", "content_type", "body"),
    [
        ("a body that is no JSON", "application/json", b'{"a": '),
        ("a list as a body", "application/json", b"[1,2]"),
        ("JSON of a thousand levels", "application/json", b'{"a":' + b"[" * 50_000),
        ("bytes that are no text", "application/x-www-form-urlencoded", b"\xff\xfe=%ff%zz&&&=&[=]"),
        ("brackets without end", "application/x-www-form-urlencoded", b"a" + b"[b]" * 5000 + b"=1"),
        ("a form without a boundary", "multipart/form-data", b"--x"),
        ("a form cut off", "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form"),
        ("an unknown type", "text/csv", b"a,b"),
        ("more than a megabyte", "application/json", b'{"status":"' + b"x" * 1_100_000 + b'"}'),
    ],
)
async def test_a_broken_body_is_refused_with_words(ctx, client, caller, kind, content_type, body):
    token = await token_of(ctx, caller)
    answer = await client.signed_in(token).post(
        "/api/v1/statuses", data=body, headers={"Content-Type": content_type}
    )

    assert answer.status in {400, 413, 422}
    assert answer.json["error"]
