"""/api/watertower/v1/freeze: a frozen member's own freeze, for apps that want to show it."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.freeze import render_freeze
from watertower.base.web import Response, json_response
from watertower.moderation.access.freeze import own_freeze
from watertower.moderation.actions.freeze.answer import answer
from watertower.moderation.actions.freeze.extend import take_more_time
from watertower.moderation.actions.freeze.finish_task import finish_task
from watertower.moderation.actions.freeze.submit import submit
from watertower.moderation.model.freeze import Submission

MOST_TYPED = 20_000  # characters


async def get_freeze(request: ApiRequest) -> Response:
    """What happened, what is asked, how far it is; 404 for who is not frozen."""
    whole = await own_freeze(request.ctx, account_id=request.my_account_id)
    return json_response(await render_freeze(request.ctx, whole, viewer=request.me))


async def post_answer(request: ApiRequest) -> Response:
    """Say something to the team; without `text` only that one has read it.

    With an Idempotency-Key what is sent twice is kept once.
    """
    await answer(
        request.ctx,
        account_id=request.my_account_id,
        text=request.text("text", limit=MOST_TYPED) or "",
        once_key=request.headers.get("idempotency-key", "")[:200] or None,
    )
    return await get_freeze(request)


async def post_finish(request: ApiRequest) -> Response:
    """A task is done, perhaps with a `statement`. What the system can see, it looks at."""
    await finish_task(
        request.ctx,
        account_id=request.my_account_id,
        task_id=request.path_id(),
        statement=request.text("statement", limit=MOST_TYPED) or "",
    )
    return await get_freeze(request)


async def post_submit(request: ApiRequest) -> Response:
    """Hand in: `as` is "done", or "error" for a mistake, which needs a `statement`."""
    said_as = request.one_of("as", [str(one) for one in Submission], str(Submission.DONE))
    await submit(
        request.ctx,
        account_id=request.my_account_id,
        said_as=Submission(said_as or Submission.DONE),
        statement=request.text("statement", limit=MOST_TYPED) or "",
    )
    return await get_freeze(request)


async def post_extend(request: ApiRequest) -> Response:
    """A week more, for a `reason`; twice at most."""
    await take_more_time(
        request.ctx,
        account_id=request.my_account_id,
        reason=request.text("reason", limit=MOST_TYPED) or "",
    )
    return await get_freeze(request)
