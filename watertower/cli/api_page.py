"""Makes docs/api/routes.md from the route table itself, so that it cannot go stale."""

import inspect
from itertools import groupby

from watertower.api.gate import Needs
from watertower.api.route import Route
from watertower.api.routes import ROUTES

_HEAD = """\
# The client API

<!-- Written by `make docs` from watertower/api/routes.py. Do not edit. -->

Watertower answers the Mastodon client API, so every Mastodon app works. Parameters may be sent as
query, form, multipart or JSON. Errors are `{"error": …}` with Mastodon's status codes; a 422 says
in `details` what is wrong with which field.

A scope in the table is the narrowest one that fits; the wider ones (`read` for `read:accounts`)
fit as well. `public` needs no token; `any token` an app's own or a member's. A member who is frozen
may read all that a member may; of the rest only what says so.
"""

_WHO = {
    Needs.UNASKED: "public",
    Needs.NOTHING: "public",
    Needs.TOKEN: "any token",
    Needs.MEMBER: "member",
    Needs.OWN_LOGIN: "member, in any standing",
}


def api_page() -> str:
    """The whole page: a table for each group of addresses."""
    parts = [_HEAD]
    rows = sorted(ROUTES, key=lambda row: (_group(row), row.path, row.method))
    for group, members in groupby(rows, _group):
        table = [_row(row) for row in members]
        parts.append(
            "\n".join(
                [f"## {group}\n", "| operation | who | scope | |", "|---|---|---|---|", *table]
            )
            + "\n"
        )
    return "\n".join(parts)


def _group(row: Route) -> str:
    parts = row.path.strip("/").split("/")
    return parts[2] if parts[0] == "api" and len(parts) > 2 else parts[0]


def _row(row: Route) -> str:
    says = (inspect.getdoc(row.handler) or "").partition("\n")[0].replace("|", "\\|")
    narrow = sorted(s for s in row.rule.scopes if ":" in s) or sorted(row.rule.scopes)
    scopes = ", ".join(f"`{scope}`" for scope in narrow)
    who = _WHO[row.rule.needs]
    if row.rule.is_for_frozen and row.method != "GET" and row.rule.needs is Needs.MEMBER:
        who += ", frozen too"
    return f"| `{row.method} {row.path}` | {who} | {scopes} | {says} |"
