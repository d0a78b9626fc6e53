"""A world in which everything that could leak is put where it would leak first.

Every status holds a mark of its own in all its words. Each viewer has all of them in the home,
in a list, among stars and bookmarks, in notifications and conversations, as if they had been
allowed to see them once: what keeps them back is the rule that is asked when they are read.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.feeds.world import a_tag, sql
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.actions.sign_in import open_session
from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.statuses.model import Status, Visibility

TAG = "walk"
WORD = "walkword"  # in every status, for search
VIEWERS = ("stranger", "follower", "blocked", "mentioned", "alice", "frozen_follower")
AUTHORS = ("alice", "booster", "replier", "suspended", "frozen", "limited", "muted")


@dataclass
class World:
    """Everything in it, by name."""

    people: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    polls: list[int] = field(default_factory=list)
    own: dict[str, dict[str, list[int]]] = field(default_factory=dict)  # viewer, kind, ids


def mark(name: str) -> str:
    """The word that stands in this status and nowhere else."""
    return f"mark{name.replace('_', '')}mark"


async def build(ctx: Context) -> World:
    """Make the world."""
    world = World()
    await _people(ctx, world)
    await _statuses(ctx, world)
    await _ties(ctx, world)
    for name in VIEWERS:
        await _traces(ctx, world, name)
    return world


async def _people(ctx: Context, world: World) -> None:
    states: dict[str, dict[str, Any]] = {
        "suspended": {"suspended_at": ctx.now(), "note_html": mark("suspended_note")},
        "frozen": {"is_frozen": True},
        "frozen_follower": {"is_frozen": True},
        "limited": {"limited_at": ctx.now()},
    }
    for name in (*AUTHORS, *VIEWERS):
        if name in world.people:
            continue
        account = await an_account(
            ctx, f"walk_{name}", is_indexable=True, display_name=name, **states.get(name, {})
        )
        world.people[name] = account
        world.tokens[name] = await a_token(ctx, account)
        login = await sql(ctx, "SELECT id FROM logins WHERE account_id = $1", account.id)
        world.sessions[name] = (await open_session(ctx, login_id=login)).session_token
    suspended = world.people["suspended"]
    await sql(
        ctx,
        "UPDATE accounts SET display_name = $2 WHERE id = $1",
        suspended.id,
        mark("suspended_note"),
    )


async def _status(ctx: Context, world: World, name: str, by: str, **columns: Any) -> Status:
    words = mark(name)
    status = await a_status(
        ctx,
        world.people[by],
        f"{words} {WORD} #{TAG}",
        content_warning=words if "visibility" in columns else "",  # what warns does not trend
        **columns,
    )
    world.statuses[name] = status
    await a_tag(ctx, TAG, status)
    for person in ("booster", "replier"):
        await sql(
            ctx,
            "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2)",
            world.people[person].id,
            status.id,
        )
    return status


async def _statuses(ctx: Context, world: World) -> None:
    alice, mentioned = world.people["alice"], world.people["mentioned"]
    await _status(ctx, world, "public", "alice")
    await _status(ctx, world, "unlisted", "alice", visibility=Visibility.UNLISTED)
    await _status(ctx, world, "private", "alice", visibility=Visibility.PRIVATE)
    await _status(
        ctx, world, "direct", "alice", visibility=Visibility.DIRECT, mentions=(mentioned,)
    )
    await _status(ctx, world, "local_only", "alice", is_local_only=True)
    await _status(ctx, world, "deleted", "alice")
    for name in ("suspended", "frozen", "limited", "muted"):
        await _status(ctx, world, name, name)
    await _more_words(ctx, world, "private")
    await _more_words(ctx, world, "deleted")
    private, public = world.statuses["private"], world.statuses["public"]
    # Threads across what may be seen and what may not.
    await _status(ctx, world, "reply_to_private", "replier", reply_to=private)
    await _status(
        ctx,
        world,
        "private_reply",
        "alice",
        reply_to=public,
        visibility=Visibility.PRIVATE,
    )
    # Boosts and quotes of everything, as rows that could have come from anywhere.
    for name in ("public", "private", "direct", "local_only", "deleted", "suspended", "limited"):
        of = world.statuses[name]
        world.statuses[f"boost_of_{name}"] = await a_status(
            ctx, world.people["booster"], "", reblog_of_id=of.id
        )
        await _status(
            ctx,
            world,
            f"quote_of_{name}",
            "booster",
            quoted_status_id=of.id,
            visibility=Visibility.UNLISTED,  # so that feeds show nothing inside of quotes
            quote_state="accepted",
        )
    world.statuses["own_boost"] = await a_status(
        ctx, alice, "", reblog_of_id=private.id, visibility=Visibility.PRIVATE
    )
    await sql(
        ctx,
        "UPDATE statuses SET deleted_at = now() WHERE id = $1",
        world.statuses["deleted"].id,
    )


async def _more_words(ctx: Context, world: World, name: str) -> None:
    """The mark also as a poll's option, as alt text and in an earlier version."""
    status, words = world.statuses[name], mark(name)
    poll_id = await sql(
        ctx,
        "INSERT INTO polls (account_id, status_id, options, tallies, voters_count, expires_at) "
        "VALUES ($1, $2, $3, '{1,0}', 1, now() + interval '1 day') RETURNING id",
        status.account_id,
        status.id,
        [words, "no"],
    )
    world.polls.append(poll_id)
    media_id = await sql(
        ctx,
        "INSERT INTO media_attachments (account_id, status_id, kind, state, original_key, "
        "small_key, content_type, description) VALUES ($1, $2, 'image', 'done', "
        "'attachments/aa/original.png', 'attachments/aa/small.png', 'image/png', $3) RETURNING id",
        status.account_id,
        status.id,
        words,
    )
    await sql(
        ctx,
        "UPDATE statuses SET poll_id = $2, media_ids = ARRAY[$3::bigint], has_media = true, "
        "edited_at = now() WHERE id = $1",
        status.id,
        poll_id,
        media_id,
    )
    await sql(
        ctx,
        "INSERT INTO status_edits (status_id, account_id, text, content_html, content_warning, "
        "is_sensitive, poll_options, created_at) VALUES ($1, $2, $3, $3, $3, false, $4, now())",
        status.id,
        status.account_id,
        words,
        [words, "no"],
    )


async def _ties(ctx: Context, world: World) -> None:
    alice = world.people["alice"]
    for follower in ("follower", "frozen_follower"):
        for author in AUTHORS:
            await a_follow(ctx, world.people[follower], world.people[author])
    await sql(
        ctx,
        "INSERT INTO blocks (account_id, target_account_id) VALUES ($1, $2)",
        alice.id,
        world.people["blocked"].id,
    )
    for viewer in ("stranger", "follower"):
        await sql(
            ctx,
            "INSERT INTO mutes (account_id, target_account_id) VALUES ($1, $2)",
            world.people[viewer].id,
            world.people["muted"].id,
        )
    # What only alice may read: her note about somebody, her filter, her draft, her address.
    await sql(
        ctx,
        "INSERT INTO account_notes VALUES ($1, $2, $3)",
        alice.id,
        world.people["stranger"].id,
        mark("note"),
    )
    await sql(
        ctx,
        "UPDATE logins SET email = $2 WHERE account_id = $1",
        alice.id,
        mark("email") + "@x.example",
    )
    scheduled = await sql(
        ctx,
        "INSERT INTO scheduled_statuses (account_id, scheduled_at, params) "
        "VALUES ($1, now() + interval '1 day', $2) RETURNING id",
        alice.id,
        '{{"text": "{}"}}'.format(mark("scheduled")),
    )
    filter_id = await sql(
        ctx,
        "INSERT INTO filters (account_id, title, contexts) VALUES ($1, $2, '{home}') RETURNING id",
        alice.id,
        mark("filter"),
    )
    await sql(ctx, "UPDATE logins SET filters_version = 1 WHERE account_id = $1", alice.id)
    world.own["alice"] = {"scheduled_statuses": [scheduled], "filters": [filter_id]}


async def _traces(ctx: Context, world: World, name: str) -> None:
    """Each viewer has every status in every place that is theirs."""
    viewer = world.people[name]
    list_id = await sql(
        ctx,
        "INSERT INTO lists (account_id, title) VALUES ($1, $2) RETURNING id",
        viewer.id,
        mark(f"list_of_{name}"),
    )
    for author in AUTHORS:
        await sql(
            ctx,
            "INSERT INTO list_accounts (list_id, account_id) VALUES ($1, $2)",
            list_id,
            world.people[author].id,
        )
    notifications, conversations = [], []
    for status in world.statuses.values():
        for table in ("favourites", "bookmarks"):
            await sql(
                ctx,
                f"INSERT INTO {table} (account_id, status_id) VALUES ($1, $2)",
                viewer.id,
                status.id,
            )
        await sql(
            ctx,
            "INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id) "
            "VALUES ($1, $2, $3, $4)",
            viewer.id,
            status.id,
            status.account_id,
            status.reblog_of_id,
        )
        notifications.append(
            await sql(
                ctx,
                "INSERT INTO notifications (account_id, from_account_id, kind, status_id, "
                "subject_id, group_key) VALUES ($1, $2, 'mention', $3, $3, 'one') RETURNING id",
                viewer.id,
                status.account_id,
                status.id,
            )
        )
        conversations.append(
            await sql(
                ctx,
                "INSERT INTO inbox_conversations (account_id, conversation_id, participant_ids, "
                "status_ids, last_status_id) VALUES ($1, $2, ARRAY[$3::bigint, $4::bigint], "
                "ARRAY[$4::bigint], $4) RETURNING id",
                viewer.id,
                status.conversation_id,
                status.account_id,
                status.id,
            )
        )
    await sql(
        ctx,
        "INSERT INTO notifications (account_id, from_account_id, kind, status_id, subject_id, "
        "group_key, is_filtered) VALUES ($1, $2, 'mention', $3, 1, 'aside', true)",
        viewer.id,
        world.people["alice"].id,
        world.statuses["private"].id,
    )
    world.own.setdefault(name, {}).update(
        lists=[list_id], notifications=notifications, conversations=conversations
    )
