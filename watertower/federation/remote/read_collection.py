"""Collections of other servers, page by page, within a budget."""

from dataclasses import dataclass
from typing import Any

from watertower.base.context import Context
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

    Pages elsewhere than on the owner's host are not asked for. Raises what fetch_document does,
    DocumentRefused for what is no collection.
    """
    page: Document | None
    following: str | None
    if isinstance(given, str):
        page, following = None, given
    else:
        page, following = given, None
    found: list[Any] = []
    asked: set[str] = set()
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
            asked.add(following)
            fetched = await fetch_document(ctx, following)
            if not same_host(fetched.id, owner_uri):
                raise DocumentRefused("The collection is not on its owner's host")
            page = fetched.document
        if kind_of(page, COLLECTIONS) is None:
            raise DocumentRefused("Not a collection")
        found += as_list(page.get("orderedItems")) or as_list(page.get("items"))
        embedded = object_of(page.get("first"))
        following = id_of(page.get("next")) or id_of(page.get("first"))
        page = embedded if embedded is not None and "type" in embedded else None
    return Items(found[:most_items], is_whole=False)
