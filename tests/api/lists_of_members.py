"""Lists that members read, and how one more item comes into each at a given id."""

from tests.api.community import Add, Community, Walked
from tests.world import a_status, unique

DIRECT = 3
GROUP = "follow-walk"


def _relation(table: str, *, mine: str, other: str, of: str = "me") -> Add:
    async def add(c: Community, at: int) -> str:
        account_id = await c.somebody()
        await c.insert(table, id=at, **{mine: getattr(c, of).id, other: account_id})
        return str(account_id)

    return add


def _to(table: str, *, of: str = "me") -> Add:
    return _relation(table, mine="account_id", other="target_account_id", of=of)


def _from(table: str, *, of: str = "me") -> Add:
    return _relation(table, mine="target_account_id", other="account_id", of=of)


async def _by_bob(c: Community, at: int) -> str:
    return await c.status(at, c.bob.id)


async def _at_home(c: Community, at: int) -> str:
    name = await c.status(at, c.bob.id)
    await c.insert("home_feed", account_id=c.me.id, status_id=at, author_id=c.bob.id)
    return name


async def _under_tag(c: Community, at: int) -> str:
    name = await c.status(at, c.bob.id)
    await c.insert("status_tags", tag_id=c.tag_id, status_id=at)
    return name


async def _about_link(c: Community, at: int) -> str:
    return await c.status(at, await c.somebody(), card_id=c.card_id)


async def _boost(c: Community, at: int) -> str:
    account_id = await c.somebody()
    await c.status(at, account_id, reblog_of_id=c.post.id)
    return str(account_id)


async def _quote(c: Community, at: int) -> str:
    return await c.status(
        at, await c.somebody(), quoted_status_id=c.post.id, quote_state="accepted"
    )


async def _favouriter(c: Community, at: int) -> str:
    account_id = await c.somebody()
    await c.insert("favourites", id=at, account_id=account_id, status_id=c.post.id)
    return str(account_id)


def _kept(table: str) -> Add:
    async def add(c: Community, at: int) -> str:
        status = await a_status(c.ctx, by=c.bob)
        await c.insert(table, id=at, account_id=c.me.id, status_id=status.id)
        return str(status.id)

    return add


async def _scheduled(c: Community, at: int) -> str:
    await c.insert(
        "scheduled_statuses",
        id=at,
        account_id=c.me.id,
        scheduled_at=c.ctx.now(),
        params="{}",
    )
    return str(at)


async def _draft(c: Community, at: int) -> str:
    now = c.ctx.now()
    await c.insert("drafts", id=at, account_id=c.me.id, draft="{}", created_at=now, updated_at=now)
    return str(at)


def _notification(*, is_filtered: bool = False, key: str = "") -> Add:
    async def add(c: Community, at: int) -> str:
        account_id = await c.somebody()
        await c.insert(
            "notifications",
            id=at,
            account_id=c.me.id,
            from_account_id=account_id,
            kind="follow",
            subject_id=at,
            group_key=key or f"ungrouped-{at}",
            is_filtered=is_filtered,
        )
        return str(account_id) if key or is_filtered else str(at)

    return add


async def _conversation(c: Community, at: int) -> str:
    account_id = await c.somebody()
    await c.status(at, account_id, visibility=DIRECT)
    await c.insert("mentions", status_id=at, account_id=c.me.id)
    async with c.ctx.transaction() as tx:
        made = await tx.fetch_value("INSERT INTO conversations DEFAULT VALUES RETURNING id")
        kept = await tx.fetch_value(
            "INSERT INTO inbox_conversations "
            "(account_id, conversation_id, participant_ids, status_ids, last_status_id) "
            "VALUES ($1, $2, ARRAY[$3::bigint], ARRAY[$4::bigint], $4) RETURNING id",
            c.me.id,
            made,
            account_id,
            at,
        )
    return str(kept)


async def _listed(c: Community, at: int) -> str:
    account_id = await c.somebody()
    await c.insert("list_accounts", id=at, list_id=c.list_id, account_id=account_id)
    return str(account_id)


async def _followed_tag(c: Community, at: int) -> str:
    tag, name = c.id_at(100) + at, unique("tag")
    await c.insert("tags", id=tag, name=name, shown_name=name)
    await c.insert("tag_follows", id=at, account_id=c.me.id, tag_id=tag)
    return name


async def _hidden_domain(c: Community, at: int) -> str:
    domain = f"{unique('host').replace('_', '-')}.example"
    await c.insert("domain_mutes", id=at, account_id=c.me.id, domain=domain)
    return domain


MEMBERS: dict[str, Walked] = {
    "/api/v1/accounts/:id/statuses": Walked(_by_bob, "/api/v1/accounts/{c.bob.id}/statuses"),
    "/api/v1/accounts/:id/followers": Walked(
        _from("follows"), "/api/v1/accounts/{c.me.id}/followers"
    ),
    "/api/v1/accounts/:id/following": Walked(
        _to("follows", of="bob"), "/api/v1/accounts/{c.bob.id}/following"
    ),
    "/api/v1/accounts/:id/endorsements": Walked(
        _to("endorsements", of="bob"), "/api/v1/accounts/{c.bob.id}/endorsements"
    ),
    "/api/v1/endorsements": Walked(_to("endorsements")),
    "/api/v1/follow_requests": Walked(_from("follow_requests")),
    "/api/v1/blocks": Walked(_to("blocks")),
    "/api/v1/mutes": Walked(_to("mutes")),
    "/api/v1/domain_blocks": Walked(_hidden_domain, read=list),
    "/api/v1/statuses/:id/reblogged_by": Walked(
        _boost, "/api/v1/statuses/{c.post.id}/reblogged_by"
    ),
    "/api/v1/statuses/:id/favourited_by": Walked(
        _favouriter, "/api/v1/statuses/{c.post.id}/favourited_by"
    ),
    "/api/v1/statuses/:id/quotes": Walked(_quote, "/api/v1/statuses/{c.post.id}/quotes"),
    "/api/v1/favourites": Walked(_kept("favourites")),
    "/api/v1/bookmarks": Walked(_kept("bookmarks")),
    "/api/v1/scheduled_statuses": Walked(_scheduled),
    "/api/watertower/v1/drafts": Walked(_draft),
    "/api/v1/timelines/home": Walked(_at_home),
    "/api/v1/timelines/public": Walked(_by_bob, emptied="statuses"),
    "/api/v1/timelines/tag/:hashtag": Walked(_under_tag, "/api/v1/timelines/tag/{c.tag}"),
    "/api/v1/timelines/link": Walked(_about_link, "/api/v1/timelines/link?url={c.card_url}"),
    "/api/v1/timelines/list/:list_id": Walked(_by_bob, "/api/v1/timelines/list/{c.list_id}"),
    "/api/v1/notifications": Walked(_notification()),
    "/api/v1/notifications/requests": Walked(
        _notification(is_filtered=True), read=lambda body: [one["account"]["id"] for one in body]
    ),
    "/api/v2/notifications": Walked(
        _notification(),
        read=lambda body: [
            str(one["most_recent_notification_id"]) for one in body["notification_groups"]
        ],
    ),
    "/api/v2/notifications/:group_key/accounts": Walked(
        _notification(key=GROUP), f"/api/v2/notifications/{GROUP}/accounts"
    ),
    "/api/v1/lists/:id/accounts": Walked(_listed, "/api/v1/lists/{c.list_id}/accounts"),
    "/api/v1/conversations": Walked(_conversation),
    "/api/v1/followed_tags": Walked(_followed_tag, read=lambda body: [one["name"] for one in body]),
}
