"""Every list is walked down and up by its Link header while things arrive: none missed or doubled.

What is a list is found out from the route table, so that a new one cannot be forgotten.
"""

import types
from urllib.parse import urlsplit

import pytest

from tests.api.community import a_community
from tests.api.lists import OTHERWISE, WALKED
from tests.world import a_token
from watertower.api.openapi.document import ANSWERS
from watertower.api.routes import ROUTES

PLACES = range(10, 28, 2)  # nine, so that the last page is not full
LISTS = [*WALKED]
WORDS = {"page", "'limit", "'max_id", "'offset", "'page", "'after"}


def links_of(answer):
    """Where Link leads, by its name."""
    found = {}
    for part in (answer.headers.get("link") or "").split(", "):
        if part:
            url, _, name = part.partition(">; rel=")
            found[name.strip('"')] = url.removeprefix("<")
    return found


def path_of(url):
    """The same without the host."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


@pytest.fixture(params=LISTS)
async def begun(request, ctx, client):
    """A walk of one list, with nothing in it yet."""
    listed = WALKED[request.param]
    if listed.emptied:
        async with ctx.db.pool.acquire() as connection:
            await connection.execute(f"TRUNCATE {listed.emptied} CASCADE")
    community = await a_community(ctx)
    signed_in = client.signed_in(await a_token(ctx, community.me))
    return Walk(listed, community, signed_in, request.param)


@pytest.fixture
async def walk(begun):
    """The same, filled."""
    for n in PLACES:
        await begun.add(n)
    return begun


class Walk:
    """Walks a list; `names` are what was put into it, by where."""

    def __init__(self, listed, community, client, route):
        self.listed, self.community, self.client = listed, community, client
        self.start = (listed.at or route).format(c=community)
        self.names = {}

    async def add(self, n):
        """Put an item at the n-th place."""
        self.names[n] = await self.listed.add(self.community, self.community.id_at(n))

    def at(self, *places):
        """What stands at these places."""
        return [self.names[n] for n in places]

    def url(self, **params):
        """The list with parameters."""
        more = "&".join(f"{name}={value}" for name, value in params.items())
        return f"{self.start}{'&' if '?' in self.start else '?'}{more}"

    async def read(self, url):
        """(what a page shows of what was put in, its links)."""
        answer = await self.client.get(url)
        assert answer.status == 200, answer.text
        known = set(self.names.values())
        shown = [name for name in self.listed.read(answer.json) if name in known]
        return shown, links_of(answer)

    async def follow(self, url, rel, then):
        """Pages from here on; `then[n]()` is done after the n-th one."""
        pages, links = [], {rel: url}
        while rel in links:
            assert len(pages) < 40, "it never ends"
            shown, found = await self.read(links[rel])
            if not shown and not found:
                break
            pages.append(shown)
            links = {name: path_of(link) for name, link in found.items()}
            self.last_link = found if shown else self.last_link
            if then.get(len(pages)):
                for n in then[len(pages)]:
                    await self.add(n)
        return pages


async def test_walking_down_and_up_misses_nothing_and_doubles_nothing(walk):
    # After the first page something arrives above it; after the second below all, in the part
    # that was read and in the part that was not.
    down = await walk.follow(walk.url(limit=2), "next", {1: [40], 2: [5, 15, 23]})
    # Nothing was left below; from the lowest page up again, while more arrives.
    bottom = down[-1] or down[-2]
    up = await walk.follow(path_of(walk.last_link["prev"]), "prev", {1: [50, 11]})

    assert flat(down) == walk.at(26, 24, 22, 20, 18, 16, 15, 14, 12, 10, 5)
    assert bottom == walk.at(5)
    assert flat(page[::-1] for page in up) == walk.at(
        10, 12, 14, 15, 16, 18, 20, 22, 23, 24, 26, 40, 50
    )
    assert all(len(page) <= 2 for page in down + up)


async def test_cursors_are_bounds_that_do_not_belong_to_the_page(walk):
    newest, _ = await walk.read(walk.url(limit=80))
    ids = {n: walk.community.id_at(n) for n in PLACES}

    async def page(**params):
        return (await walk.read(walk.url(**params)))[0]

    assert newest == walk.at(*reversed(PLACES))
    assert await page(limit=2, max_id=ids[14]) == walk.at(12, 10)
    assert await page(limit=2, since_id=ids[14]) == walk.at(26, 24)
    assert await page(limit=2, min_id=ids[14]) == walk.at(18, 16)
    assert await page(max_id=ids[20], min_id=ids[14], limit=80) == walk.at(18, 16)
    assert await page(max_id=ids[10]) == []
    assert await page(min_id=ids[26]) == []
    assert await page(max_id="", min_id="", since_id="", limit=2) == walk.at(26, 24)
    assert await page(max_id=0) == []


async def test_bad_cursors_are_refused_and_bad_limits_are_not(walk):
    for name in ("max_id", "min_id", "since_id"):
        for value in ("abc", "-1", "1e3", "9" * 30, "1.5", "%00", "%EF%BC%91"):
            answer = await walk.client.get(walk.url(**{name: value}))
            assert (name, value, answer.status) == (name, value, 422)
            assert set(answer.json) >= {"error"}
    for value in ("0", "-5", "abc", "99999999", "9" * 30, ""):
        answer = await walk.client.get(walk.url(limit=value))
        assert (value, answer.status) == (value, 200)


async def test_three_items_take_no_more_queries_than_one(begun, queries):
    asked = []
    first = (8, 10) if "/timelines/link" in begun.start else (10,)  # two make a link trend
    for places in [first, (12, 14)]:
        for n in places:
            await begun.add(n)
        queries.clear()
        shown, _ = await begun.read(begun.url(limit=40))
        assert shown == begun.at(*reversed(begun.names))
        asked.append(len(queries))

    # Whose faces are known by now are not looked up again.
    assert asked[1] <= asked[0]


def test_every_list_of_the_route_table_is_walked_or_says_why_not():
    found = {route.path for route in ROUTES if route.method == "GET" and is_list(route)}

    assert sorted(found - set(WALKED) - set(OTHERWISE)) == []
    assert sorted((set(WALKED) | set(OTHERWISE)) - found) == []
    assert set(WALKED) & set(OTHERWISE) == set()


def is_list(route):
    """Whether it answers an array, or reads anything to page by."""
    kinds = dict(line.split("\t") for line in ANSWERS.read_text().splitlines())
    words = words_of(route.handler, set())
    return kinds.get(f"GET {route.path}", "").startswith("[") or bool(words & WORDS)


def words_of(function, seen):
    """Names and texts that a handler uses, and the functions of its module that it calls."""
    if function in seen:
        return set()
    seen.add(function)
    code, words = function.__code__, set()
    codes = [code]
    while codes:
        code = codes.pop()
        words |= set(code.co_names) | {
            f"'{text}" for text in code.co_consts if isinstance(text, str)
        }
        codes += [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
    for name in list(words):
        called = function.__globals__.get(name)
        if isinstance(called, types.FunctionType) and called.__module__ == function.__module__:
            words |= words_of(called, seen)
    return words


def flat(pages):
    """The names of all pages."""
    return [name for page in pages for name in page]
