"""Mails about servers: answers to those who asked, notices to those who run them."""

from watertower.accounts.mails.letter import letter
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.queries.server_talk import find_notice, find_request, update_sent

OUTCOMES = {"kept": "It stays as it is.", "changed": "It was changed."}


@job(Lane.MAIL)
async def send_server_answer(ctx: Context, *, request_id: int) -> None:
    """The answer, to the one who asked."""
    async with ctx.transaction() as tx:
        request = await find_request(tx, request_id=request_id)
        if request is None or request.outcome is None:
            return
        to = request.address
        if request.account_id is not None:
            login = await find_login_by_account(tx, account_id=request.account_id)
            to = login.email if login is not None else ""
    if not to:
        return
    await ctx.mail.send(
        letter(
            to=to,
            subject=f"Your request about {request.domain}",
            paragraphs=[
                f"You asked the moderators to look at what was decided about {request.domain}.",
                OUTCOMES[request.outcome],
                request.answer,
            ],
            link=f"{ctx.settings.base_url}/servers/{request.domain}",
            label="Open the page of this server",
            after=["You can ask again at any time."],
        )
    )


@job(Lane.MAIL)
async def send_server_notice(ctx: Context, *, notice_id: int) -> None:
    """A notice to the people who run another server, signed by the team and not by a person."""
    async with ctx.reading() as tx:
        found = await find_notice(tx, notice_id=notice_id)
    if found is None or found[3] is not None:
        return
    domain, address, text, _ = found
    await ctx.mail.send(
        letter(
            to=address,
            subject=f"{ctx.settings.server.domain} and {domain}",
            paragraphs=text.split("\n\n"),
            link=f"{ctx.settings.base_url}/servers/{domain}",
            label="What holds between our servers, and how to ask about it",
            after=[
                f"The moderators of {ctx.settings.server.domain}.",
                "You may share this message with your team.",
            ],
        )
    )
    async with ctx.transaction() as tx:
        await update_sent(tx, notice_id=notice_id, at=ctx.now())
