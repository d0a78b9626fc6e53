"""What the instance documents are made of, and the documents as bytes, kept for a moment."""

from watertower.accounts.access.people import person_of_handle
from watertower.accounts.access.registrations import registrations_of
from watertower.accounts.access.site import Site, site_of
from watertower.api.kept import Kept
from watertower.api.shapes.account import render_account
from watertower.api.shapes.instance import Described, instance_shape, instance_v1_shape
from watertower.base.context import Context
from watertower.base.errors import NotFound
from watertower.base.json import to_json_bytes
from watertower.statuses.access.community import community_size

# A change of a setting shows after this long; counting goes through whole tables.
DOCUMENT_SECONDS = 5.0
COUNTED_SECONDS = 300.0


async def _described(ctx: Context) -> Described:
    site = await site_of(ctx)
    return Described(
        site=site,
        registrations=await registrations_of(ctx),
        size=await COMMUNITY_SIZE.get(ctx),
        contact=await _contact(ctx, site),
    )


async def _contact(ctx: Context, site: Site) -> bytes | None:
    if not site.contact_username:
        return None
    try:
        account = await person_of_handle(ctx, handle=site.contact_username)
    except NotFound:
        return None
    return await render_account(ctx, account.id)


async def _instance(ctx: Context) -> bytes:
    return to_json_bytes(instance_shape(ctx, await DESCRIBED.get(ctx)))


async def _instance_v1(ctx: Context) -> bytes:
    return to_json_bytes(instance_v1_shape(ctx, await DESCRIBED.get(ctx)))


COMMUNITY_SIZE = Kept(community_size, seconds=COUNTED_SECONDS)
DESCRIBED = Kept(_described, seconds=DOCUMENT_SECONDS)
INSTANCE = Kept(_instance, seconds=DOCUMENT_SECONDS)
INSTANCE_V1 = Kept(_instance_v1, seconds=DOCUMENT_SECONDS)
