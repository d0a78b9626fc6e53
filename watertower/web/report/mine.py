"""/account/reports and /account/conversations: how far a report is, and talking with the team."""

from hmac import compare_digest

from watertower.accounts.credentials import Login
from watertower.base.errors import NotFound, NotSignedIn, Refused
from watertower.base.ids import MAX_ID
from watertower.base.paging import Page
from watertower.base.web import Response, redirect
from watertower.moderation.access.cases import policy_of_cases
from watertower.moderation.access.conversation import (
    conversation_for,
    official_message,
    reports_by,
    threads_with,
)
from watertower.moderation.actions.conversation.answer import answer, mark_read
from watertower.moderation.actions.report_more import add_to_report
from watertower.moderation.errors.reports import ReportNotFound
from watertower.moderation.model.conversation import message_code
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

STATES = {
    "received": "Received",
    "being_looked_at": "Being looked at",
    "waits_for_you": "The team asked you something",
    "closed": "Closed",
}
NOTES = {
    "sent": "Thank you. The team has your report and the posts you named, and takes it from here.",
    "many": "Thank you. You told us a lot today, and the team is on it. You do not have to watch "
    "over this: muting, blocking, filters, and a walk are good ideas too. Reports are welcome at "
    "any time.",
    "said": "The team has your message.",
}
LIMIT = 20


async def get_reports(request: WebRequest) -> Response:
    """What the member reported, newest first."""
    asked = Page(LIMIT + 1, before_id=id_of(request.params.get("max_id")) or MAX_ID)
    found = await reports_by(request.ctx, account_id=request.my_account_id, page=asked)
    return page(
        request,
        "report_mine.html",
        reports=found[:LIMIT],
        more=f"/account/reports?max_id={found[LIMIT - 1][0].id}" if len(found) > LIMIT else "",
        states=STATES,
    )


async def get_report(request: WebRequest) -> Response:
    """One report: what was said, how far it is, and the talk with the team."""
    return await _report(request)


async def post_report(request: WebRequest) -> Response:
    """Add words or files to a report, answer a question."""
    report_id = request.path_id()
    try:
        await add_to_report(
            request.ctx,
            account_id=request.my_account_id,
            report_id=report_id,
            text=request.text("text", 20_000),
            uploads=request.uploads,
        )
    except NotFound:
        raise
    except Refused as refused:
        return await _report(request, f"{refused.says}.")
    return redirect(f"/account/reports/{report_id}?note=said", 303)


async def _report(request: WebRequest, wrong: str = "") -> Response:
    report_id, me = request.path_id(), request.my_account_id
    found = await reports_by(request.ctx, account_id=me, page=Page(1, before_id=report_id + 1))
    if not found or found[0][0].id != report_id:
        raise ReportNotFound
    report, state = found[0]
    talk = None
    if state.thread_id is not None:
        talk = await conversation_for(request.ctx, account_id=me, thread_id=state.thread_id)
        await mark_read(request.ctx, account_id=me, thread_id=state.thread_id)
    policy = await policy_of_cases(request.ctx)
    return page(
        request,
        "report_one.html",
        status=422 if wrong else 200,
        report=report,
        state=state,
        talk=talk,
        states=STATES,
        outcome=state.outcome if policy.tells_outcome and state.state == "closed" else None,
        note=NOTES.get(request.text("note", 10)),
        wrong=wrong,
    )


async def get_conversations(request: WebRequest) -> Response:
    """The member's conversations with the team; also for those who may do nothing else."""
    account_id = _login(request).account_id
    return page(
        request,
        "conversations.html",
        threads=await threads_with(request.ctx, account_id=account_id),
        words=THREAD_WORDS,
    )


async def get_conversation(request: WebRequest) -> Response:
    """One of them."""
    return await _conversation(request)


async def post_conversation(request: WebRequest) -> Response:
    """Answer."""
    thread_id = request.path_id()
    try:
        await answer(
            request.ctx,
            account_id=_login(request).account_id,
            thread_id=thread_id,
            text=request.text("text", 20_000),
        )
    except NotFound:
        raise
    except Refused as refused:
        return await _conversation(request, f"{refused.says}.")
    return redirect(f"/account/conversations/{thread_id}?note=said", 303)


async def _conversation(request: WebRequest, wrong: str = "") -> Response:
    account_id, thread_id = _login(request).account_id, request.path_id()
    talk = await conversation_for(request.ctx, account_id=account_id, thread_id=thread_id)
    await mark_read(request.ctx, account_id=account_id, thread_id=thread_id)
    return page(
        request,
        "conversation.html",
        status=422 if wrong else 200,
        talk=talk,
        words=THREAD_WORDS,
        note=NOTES.get(request.text("note", 10)),
        wrong=wrong,
    )


THREAD_WORDS = {
    "reporter": "About a report of yours",
    "reported": "About your account",
    "remote_staff": "With the team",
}


async def get_message(request: WebRequest) -> Response:
    """Whether a message is really ours: after signing in as who got it, or by the code in it."""
    message_id = request.path_id()
    code = request.line("code", 40).lower().replace(" ", "")
    message = await official_message(request.ctx, message_id=message_id)
    expected = message_code(request.ctx.secrets.key, message_id=message_id)
    mine = request.signed_in.login.account_id if request.signed_in else None
    is_mine = message is not None and mine is not None and message.with_account_id == mine
    is_ours = message is not None and (is_mine or (bool(code) and _same(code, expected)))
    return page(
        request,
        "message_check.html",
        status=200 if is_ours or not code else 404,
        message=message if is_ours else None,
        is_asked=bool(code),
        message_id=message_id,
    )


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())


def _login(request: WebRequest) -> Login:
    if request.signed_in is None:
        raise NotSignedIn
    return request.signed_in.login
