"""Public, tag and list timelines as somebody may see them."""

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.errors import ListNotFound
from watertower.feeds.model import TagChoice
from watertower.feeds.queries.lists import find_list
from watertower.feeds.queries.timelines import list_in_list, list_public, list_tagged
from watertower.statuses.model import StatusLine


async def public_for(
    ctx: Context, *, viewer: Viewer | None, page: Page, origin: str, only_media: bool
) -> list[StatusLine]:
    """A page of the public timeline, in the languages that the viewer chose; one query."""
    async with ctx.reading() as tx:
        return await list_public(
            tx,
            viewer_id=viewer_id(viewer),
            page=page,
            origin=origin,
            only_media=only_media,
            languages=viewer.chosen_languages if viewer else None,
        )


async def tagged_for(
    ctx: Context,
    *,
    viewer: Viewer | None,
    page: Page,
    tags: TagChoice,
    is_local: bool | None,
    only_media: bool,
) -> list[StatusLine]:
    """A page of what was posted under tags; one query. Unknown tags have nothing."""
    async with ctx.reading() as tx:
        return await list_tagged(
            tx,
            viewer_id=viewer_id(viewer),
            page=page,
            tags=tags,
            is_local=is_local,
            only_media=only_media,
            languages=viewer.chosen_languages if viewer else None,
        )


async def list_timeline_for(
    ctx: Context, *, owner_id: int, list_id: int, page: Page
) -> list[StatusLine]:
    """A page of a list's timeline; ListNotFound if it is not this member's."""
    async with ctx.reading() as tx:
        if await find_list(tx, owner_id=owner_id, list_id=list_id) is None:
            raise ListNotFound
        return await list_in_list(tx, owner_id=owner_id, list_id=list_id, page=page)
