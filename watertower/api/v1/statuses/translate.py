"""POST /api/v1/statuses/:id/translate."""

from typing import Any

from watertower.api.request import ApiRequest
from watertower.api.shapes.status import render_status
from watertower.base.errors import Forbidden, NotFound
from watertower.base.json import from_json
from watertower.base.text.languages import language_of
from watertower.base.text.sanitise import plain_text, safe_html
from watertower.base.web import Response, json_response
from watertower.statuses.access.statuses import line_for
from watertower.statuses.actions.translate import translate
from watertower.statuses.translators import NoTranslator


async def post_translate(request: ApiRequest) -> Response:
    """The post in `lang`, or in the viewer's language. NotFound where no service is set up.

    Only what everybody may read leaves for a service: 403 otherwise.
    """
    line = await line_for(request.ctx, viewer=request.viewer, status_id=request.path_id())
    if request.ctx.settings.translation.provider == "none":
        raise NotFound
    shown = from_json((await render_status(request.ctx, line, viewer=request.viewer)).decode())
    if shown["reblog"] is not None:
        shown = shown["reblog"]
    if shown["visibility"] not in {"public", "unlisted"}:
        raise Forbidden
    target = language_of(request.text("lang", limit=64) or request.me.locale) or "en"
    poll, media = shown["poll"], shown["media_attachments"]
    options = [option["title"] for option in poll["options"]] if poll else []
    described = [one for one in media if one["description"]]
    plain = [shown["spoiler_text"], *options, *(one["description"] for one in described)]
    texts = [shown["content"], *(_escaped(text) for text in plain)]
    try:
        found = await translate(
            request.ctx, texts=texts, source=language_of(shown["language"]), target=target
        )
    except NoTranslator as error:
        raise NotFound from error
    content, warning, *rest = found.texts
    titles, descriptions = rest[: len(options)], rest[len(options) :]
    body: dict[str, Any] = {
        "detected_source_language": found.source,
        "language": target,
        "provider": found.provider,
        "spoiler_text": plain_text(warning),
        "content": safe_html(content),
        "poll": poll
        and {
            "id": poll["id"],
            "options": [{"title": plain_text(title)} for title in titles],
        },
        "media_attachments": [
            {"id": one["id"], "description": plain_text(text)}
            for one, text in zip(described, descriptions, strict=True)
        ],
    }
    return json_response(body)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
