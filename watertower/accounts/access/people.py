"""People as somebody may see them: who there is, who follows whom, who could be found."""

from collections import defaultdict
from collections.abc import Sequence

from watertower.accounts.access.accounts import account_for
from watertower.accounts.domains import domain_name
from watertower.accounts.errors import AccountNotFound
from watertower.accounts.model import Account, Preferences, Viewer, viewer_id
from watertower.accounts.queries.accounts import find_account_by_handle
from watertower.accounts.queries.directory import (
    list_directory,
    list_familiar_followers,
    list_suggestions,
)
from watertower.accounts.queries.endorsements import list_endorsements
from watertower.accounts.queries.follows import list_followers, list_following
from watertower.accounts.queries.pages import Listed
from watertower.accounts.queries.people import list_shown
from watertower.accounts.queries.preferences import find_preferences
from watertower.accounts.queries.profile import OwnProfile, find_own_profile
from watertower.accounts.queries.relations import has_block
from watertower.base.context import Context
from watertower.base.paging import Page

FAMILIAR_AT_MOST = 40


async def people_for(ctx: Context, *, account_ids: Sequence[int]) -> list[int]:
    """Those of the ids that are shown, in their order."""
    async with ctx.reading() as tx:
        return await list_shown(tx, account_ids=account_ids)


async def person_for(ctx: Context, *, account_id: int) -> Account:
    """The account, suspended or not; AccountNotFound if it is not (yet, or any more) here."""
    if not await people_for(ctx, account_ids=[account_id]):
        raise AccountNotFound
    return await account_for(ctx, account_id=account_id)


async def person_of_handle(ctx: Context, *, handle: str) -> Account:
    """The account of `name` or `name@domain` that we know already; else AccountNotFound."""
    username, domain = split_handle(ctx, handle)
    async with ctx.reading() as tx:
        found = await find_account_by_handle(tx, username=username, domain=domain)
    if found is None:
        raise AccountNotFound
    return await person_for(ctx, account_id=found.id)


def split_handle(ctx: Context, handle: str) -> tuple[str, str | None]:
    """(name, domain) of a handle with or without "@" before it; domain None for ours."""
    username, _, domain = handle.strip().removeprefix("acct:").lstrip("@").partition("@")
    server = ctx.settings.server
    name = domain_name(domain) if domain else None
    if name is None or name in {server.domain.lower(), server.web_domain.lower()}:
        # A domain that cannot be one must not turn into ours.
        return (username, None) if not domain or name is not None else (username, domain.lower())
    return username, name


async def own_profile(ctx: Context, *, account_id: int) -> OwnProfile:
    """A member's profile as itself sees it; AccountNotFound for accounts without a login."""
    async with ctx.reading() as tx:
        found = await find_own_profile(tx, account_id=account_id)
    if found is None:
        raise AccountNotFound
    return found


async def preferences_of(ctx: Context, *, account_id: int) -> Preferences:
    """What a member chose for itself."""
    async with ctx.reading() as tx:
        return await find_preferences(tx, account_id=account_id)


async def followers_for(
    ctx: Context, *, viewer: Viewer | None, account_id: int, page: Page
) -> list[Listed]:
    """A page of followers; empty where the owner or its blocks hide them from the viewer."""
    if await _hides_lists(ctx, viewer=viewer, account_id=account_id):
        return []
    async with ctx.reading() as tx:
        return await list_followers(
            tx, account_id=account_id, viewer_id=viewer_id(viewer), page=page
        )


async def following_for(
    ctx: Context, *, viewer: Viewer | None, account_id: int, page: Page
) -> list[Listed]:
    """A page of whom the account follows; empty where that is hidden from the viewer."""
    if await _hides_lists(ctx, viewer=viewer, account_id=account_id):
        return []
    async with ctx.reading() as tx:
        return await list_following(
            tx, account_id=account_id, viewer_id=viewer_id(viewer), page=page
        )


async def endorsed_by(
    ctx: Context, *, viewer: Viewer | None, account_id: int, page: Page
) -> list[Listed]:
    """A page of accounts that this one shows on its profile."""
    account = await person_for(ctx, account_id=account_id)
    async with ctx.reading() as tx:
        if account.is_suspended or await _is_blocked(ctx, viewer, account_id):
            return []
        return await list_endorsements(tx, account_id=account_id, page=page)


async def _hides_lists(ctx: Context, *, viewer: Viewer | None, account_id: int) -> bool:
    account = await person_for(ctx, account_id=account_id)
    if viewer_id(viewer) == account_id:
        return False
    if account.is_suspended or account.hides_collections:
        return True
    return await _is_blocked(ctx, viewer, account_id)


async def _is_blocked(ctx: Context, viewer: Viewer | None, account_id: int) -> bool:
    me = viewer_id(viewer)
    if me is None:
        return False
    async with ctx.reading() as tx:
        return await has_block(tx, actor_id=account_id, target_id=me)


async def familiar_followers_for(
    ctx: Context, *, account_id: int, target_ids: Sequence[int]
) -> dict[int, list[int]]:
    """For each target, followers of it whom this account follows; who hides them has none."""
    found: dict[int, list[int]] = defaultdict(list)
    async with ctx.reading() as tx:
        for target_id, follower_id in await list_familiar_followers(
            tx, account_id=account_id, target_ids=list(target_ids), limit=FAMILIAR_AT_MOST
        ):
            found[target_id].append(follower_id)
    return found


async def directory_for(
    ctx: Context,
    *,
    viewer: Viewer | None,
    only_local: bool,
    newest_first: bool,
    limit: int,
    offset: int,
) -> list[int]:
    """Accounts that want to be found; who posted last first, or who came last first."""
    async with ctx.reading(may_lag=True) as tx:
        return await list_directory(
            tx,
            viewer_id=viewer_id(viewer),
            only_local=only_local,
            newest_first=newest_first,
            limit=limit,
            offset=offset,
        )


async def suggestions_for(
    ctx: Context, *, account_id: int, limit: int, offset: int
) -> list[tuple[int, bool]]:
    """Whom this member could follow, and whether because of friends (else: many follow them)."""
    async with ctx.reading(may_lag=True) as tx:
        found = await list_suggestions(tx, account_id=account_id, limit=limit, offset=offset)
    return [(suggested_id, friends > 0) for suggested_id, friends in found]
