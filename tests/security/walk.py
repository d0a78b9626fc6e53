"""Walks every GET route of the API and of the pages as one viewer, and notes which marks it saw."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.security.walk_world import AUTHORS, TAG, WORD, World, mark
from watertower.api.routes import ROUTES as API_ROUTES
from watertower.web.routes import ROUTES as WEB_ROUTES

_MARK = re.compile(r"mark(\w+?)mark")
Seen = dict[str, set[str]]

# Whose ids stand in addresses; the rest is seen in lists.
PROBED = (
    "public", "unlisted", "private", "direct", "local_only", "deleted", "suspended", "limited",
    "reply_to_private", "private_reply", "boost_of_private", "own_boost", "quote_of_private",
)  # fmt: skip


async def walk(world: World, client: Any, viewer: str | None) -> Seen:
    """The marks that the viewer saw, each with the routes that showed it."""
    seen: Seen = defaultdict(set)
    caller = client.signed_in(world.tokens[viewer]) if viewer else client
    cookie = {"Cookie": f"watertower_session={world.sessions[viewer]}"} if viewer else {}
    for route in API_ROUTES:
        if route.method == "GET":
            for path in api_paths(world, route.path):
                await _note(seen, caller, route.path, path, {})
    for page in WEB_ROUTES:
        if page.method == "GET":
            for path in web_paths(world, page.path):
                await _note(seen, client, page.path.replace(":name", "@name"), path, cookie)
    return dict(sorted(seen.items()))


async def _note(seen: Seen, caller: Any, route: str, path: str, headers: dict[str, str]) -> None:
    answer = await caller.get(path, headers=headers)
    assert answer.status < 500, (path, answer.body)
    told = answer.text if answer.headers.get("content-type", "").split("/")[0] != "image" else ""
    told += str(dict(answer.headers))
    for found in _MARK.findall(told):
        seen[found].add(("RSS " if ".rss" in path else "") + route)


def api_paths(world: World, route: str) -> Iterator[str]:
    """The route with everything that could stand in it."""
    status_ids = [world.statuses[name].id for name in PROBED]
    account_ids = [world.people[name].id for name in (*AUTHORS, "stranger")]
    own: dict[str, list[int]] = defaultdict(list)
    for kinds in world.own.values():
        for kind, ids in kinds.items():
            own[kind] += ids[:6]
    kind = route.split("/")[3] if route.count("/") > 2 else ""
    ids = {"statuses": status_ids, "accounts": account_ids, "polls": world.polls}.get(kind)
    if ids is None:
        ids = own.get(kind, [1])
    fills = {
        ":id": ids,
        ":list_id": own["lists"],
        ":filter_id": own["filters"],
        ":hashtag": [TAG],
        ":name": [TAG],
        ":date": ["2026-01-01"],
        ":account_id": account_ids,
        ":group_key": ["one", "aside"],  # of all notifications of this world
    }
    names = re.findall(r":\w+", route)
    if route == "/api/v1/notifications/requests/:id":
        fills[":id"] = account_ids
    for values in product(*(fills.get(name, [1]) for name in names)):
        path = route
        for name, value in zip(names, values, strict=True):
            path = path.replace(name, str(value), 1)
        for query in _queries(world, route, status_ids, account_ids):
            yield path + query


def _queries(
    world: World, route: str, status_ids: list[int], account_ids: list[int]
) -> Iterator[str]:
    if route in {"/api/v1/statuses", "/api/v1/accounts", "/api/v1/accounts/relationships"}:
        yield "?" + "&".join(f"id[]={n}" for n in (status_ids if "stat" in route else account_ids))
    elif route == "/api/v1/accounts/familiar_followers":
        yield "?" + "&".join(f"id[]={n}" for n in account_ids)
    elif route == "/api/v1/accounts/lookup":
        yield from (f"?acct=walk_{name}" for name in AUTHORS)
    elif route == "/api/v1/accounts/search":
        yield from ("?q=walk&limit=80", f"?q={mark('suspended_note')}")
    elif route == "/api/v2/search":
        yield f"?q={WORD}&limit=40"
        yield f"?q={WORD}&limit=40&type=statuses&offset=1"
        yield from (f"?q=from:walk_{name}" for name in AUTHORS)
        yield from (f"?q={world.statuses[name].url}&resolve=true" for name in PROBED)
    elif route == "/api/oembed":
        yield from (f"?url={world.statuses[name].url}" for name in PROBED)
    elif route == "/api/v1/accounts/:id/statuses":
        yield from ("?limit=40", "?pinned=true", "?only_media=true", f"?tagged={TAG}")
    elif route == "/api/v1/timelines/public":
        yield from ("?limit=40", "?local=true&limit=40", "?only_media=true")
    elif route == "/api/v1/timelines/link":
        yield "?url=https://far.example/"
    else:
        yield "?limit=40" if "timelines" in route or "s/:id/" not in route else ""


def web_paths(world: World, route: str) -> Iterator[str]:
    """The page with everybody and everything that could stand in it."""
    if route.startswith(("/media", "/emoji_proxy", "/assets")):
        return
    names = [f"@walk_{name}" for name in AUTHORS]
    if ":tag" in route:
        yield from (f"/tags/{TAG}", f"/tags/{TAG}.rss")
    elif ":name/:id" in route:
        for status in (world.statuses[name] for name in PROBED):
            author = next(a for a in world.people.values() if a.id == status.account_id)
            yield f"/@{author.username}/{status.id}" + ("/embed" if "embed" in route else "")
    elif route.startswith("/:name"):
        yield from (route.replace(":name", name) for name in names)
        if route == "/:name":
            yield from (f"/{name}.rss" for name in names)
    else:
        yield route.replace(":code", "x")
