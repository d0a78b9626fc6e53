"""GET /api/v1/instance and the texts beside it."""

from watertower.accounts.access.site import site_of, site_text
from watertower.api.described import INSTANCE_V1
from watertower.api.kept import Kept
from watertower.api.request import ApiRequest
from watertower.api.shapes.raw import raw_response
from watertower.api.shapes.rule import rule_shape
from watertower.api.shapes.site_text import site_text_shape, terms_shape
from watertower.api.shapes.times import day
from watertower.base.context import Context
from watertower.base.errors import NotFound, Unreachable
from watertower.base.json import to_json_bytes
from watertower.base.text.languages import LANGUAGES
from watertower.base.web import Response, json_response
from watertower.statuses.translators import languages


async def get_instance_v1(request: ApiRequest) -> Response:
    """The document of version 1."""
    return raw_response(await INSTANCE_V1.get(request.ctx))


async def get_rules(request: ApiRequest) -> Response:
    """The rules in force, in their order."""
    site = await site_of(request.ctx)
    return json_response([rule_shape(rule) for rule in site.rules])


async def get_extended_description(request: ApiRequest) -> Response:
    """What the community says about itself at length; empty if nothing."""
    return json_response(site_text_shape(await site_text(request.ctx, name="extended_description")))


async def get_privacy_policy(request: ApiRequest) -> Response:
    """What is done with people's data; empty where nobody wrote it down."""
    return json_response(site_text_shape(await site_text(request.ctx, name="privacy_policy")))


async def get_terms_of_service(request: ApiRequest) -> Response:
    """The terms in force, or those of a day; NotFound where there are none."""
    found = await site_text(request.ctx, name="terms")
    if found is None:
        raise NotFound
    wanted = request.path_params.get("date")
    if wanted is not None and wanted != day(found[1]):
        raise NotFound
    return json_response(terms_shape(*found))


async def get_languages(request: ApiRequest) -> Response:
    """The languages that a status can be written in."""
    del request
    return json_response([{"code": code, "name": name} for code, name in LANGUAGES.items()])


async def get_translation_languages(request: ApiRequest) -> Response:
    """From what into what statuses can be translated; empty where no service is set up."""
    return raw_response(await TRANSLATIONS.get(request.ctx))


async def _translations(ctx: Context) -> bytes:
    try:
        return to_json_bytes(await languages(ctx))
    except (Unreachable, KeyError, TypeError, AttributeError):
        return b"{}"  # the service is down: the next hour shows


TRANSLATIONS = Kept(_translations, seconds=3600.0)


async def get_donation_campaign(request: ApiRequest) -> Response:
    """No campaign runs."""
    del request
    return Response(status=204, content_type="")
