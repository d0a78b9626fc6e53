"""POST /api/watertower/v1/threads: a thread in one call."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.api.shapes.status import render_statuses
from watertower.api.v1.statuses.draft import draft_of
from watertower.base.web import Response
from watertower.moderation.actions.inbound.publish_checked import publish_checked
from watertower.statuses.access.statuses import lines_for
from watertower.statuses.actions.publish import PublishedStatus
from watertower.statuses.draft import Draft, fingerprint
from watertower.statuses.limits import MAX_THREAD
from watertower.statuses.rules import check_draft, complete


async def post_thread(request: ApiRequest) -> Response:
    """Publish `statuses`, each an answer to the one before; answers all of them in order.

    All are checked before the first is published. Sending the same thread again, because the
    answer was lost or a later post was refused, goes on where it stopped and doubles nothing.
    """
    drafts = _drafts(request)
    key = request.headers.get("idempotency-key") or _key(request, drafts)
    made: list[int] = []
    for place, draft in enumerate(drafts):
        answering = draft if not made else replace(draft, in_reply_to_id=made[-1])
        published = await publish_checked(
            request.ctx,
            author_id=request.my_account_id,
            draft=answering,
            application_id=request.me.application_id,
            idempotency_key=f"thread:{key}:{place}",
        )
        assert isinstance(published, PublishedStatus)  # noqa: S101  # none has a time of its own
        made.append(published.status_id)
    lines = await lines_for(request.ctx, viewer=request.viewer, status_ids=made)
    lines.sort(key=lambda line: line.id)
    return raw_response(raw_list(await render_statuses(request.ctx, lines, viewer=request.viewer)))


def _drafts(request: ApiRequest) -> list[Draft]:
    parts = request.list_of("statuses", most=MAX_THREAD)
    if not parts:
        raise invalid("statuses", "can't be blank", "ERR_BLANK")
    drafts = []
    for part in parts:
        if not isinstance(part, Mapping):
            raise invalid("statuses", "must be a list of posts")
        draft = complete(draft_of(replace(request, params=dict(part))))
        if draft.scheduled_at is not None:
            raise invalid("scheduled_at", "is not for threads")
        check_draft(draft)
        drafts.append(draft)
    return drafts


def _key(request: ApiRequest, drafts: list[Draft]) -> str:
    """The same for the same thread, so that one sent twice without a key is one."""
    marks = "".join(fingerprint(d, application_id=request.me.application_id) for d in drafts)
    return hashlib.sha256(marks.encode()).hexdigest()
