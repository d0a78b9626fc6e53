"""Collections of other servers, page by page, within a budget."""

from dataclasses import dataclass
from typing import Any

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.federation.errors import DocumentRefused
from watertower.federation.model import Document
from watertower.federation.reading import as_list, id_of, kind_of, object_of, same_host
from watertower.federation.remote.fetch_document import fetch_document

COLLECTIONS = ("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage")


@dataclass(frozen=True)
class Items:
    """What a collection holds, as far as it was read."""

    found: list[Any]
    is_whole: bool


async def read_collection(
    ctx: Context, given: str | Document, *, owner_uri: str, most_pages: int, most_items: int
) -> Items:
    """The items of a collection, given by address or embedded; addresses and objects as they are.

    Pages elsewhere than on the owner's host are not asked for, and one that cannot be had is the
    end. Raises what fetch_document does for the first, DocumentRefused for what is no collection.
    """
    page: Document | None
    following: str | None
    if isinstance(given, str):
        page, following = None, given
    else:
        page, following = given, None
    found: list[Any] = []
    asked: set[str] = set()
    is_begun = False
    while len(found) < most_items:
        if page is None:
            if following is None:
                return Items(found, is_whole=True)
            if (
                len(asked) >= most_pages
                or following in asked
                or not same_host(following, owner_uri)
            ):
                break
            try:
                page = await _page(ctx, following, owner_uri=owner_uri)
            except Refused:
                if not is_begun:
                    raise
                break  # what was read so far is worth something
            asked.add(following)
        if kind_of(page, COLLECTIONS) is None:
            raise DocumentRefused("Not a collection")
        is_begun = True
        found += as_list(page.get("orderedItems")) or as_list(page.get("items"))
        embedded = object_of(page.get("first"))
        following = id_of(page.get("next")) or id_of(page.get("first"))
        page = embedded if embedded is not None and "type" in embedded else None
    return Items(found[:most_items], is_whole=False)


async def _page(ctx: Context, url: str, *, owner_uri: str) -> Document:
    fetched = await fetch_document(ctx, url)
    if not same_host(fetched.id, owner_uri):
        raise DocumentRefused("The collection is not on its owner's host")
    return fetched.document
