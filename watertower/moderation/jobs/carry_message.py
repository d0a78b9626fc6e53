"""Carries what was said about a case to the other side by mail, from the team and not a person."""

from watertower.accounts.mails.letter import letter
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context, Mail
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.conversation import CaseMessage, message_code, reply_token
from watertower.moderation.queries.conversation import find_called, find_message


@job(Lane.MAIL)
async def carry_message(ctx: Context, *, message_id: int) -> None:
    """Mail it to the member or the address it is for. People elsewhere get no mail from here.

    What somebody says to the team calls the moderator who has the case, unless the thread is muted.
    """
    whom: str | None = None
    async with ctx.reading() as tx:
        message = await find_message(tx, message_id=message_id)
        if message is None or message.thread == "team":
            return
        if not message.from_team:
            whom = await find_called(tx, message_id=message_id)
        to, name = message.with_address, ""
        if to is None and message.with_account_id is not None:
            account = await find_account(tx, account_id=message.with_account_id)
            login = await find_login_by_account(tx, account_id=message.with_account_id)
            if account is not None and login is not None:
                to, name = login.email, account.username
    if whom is not None:
        await ctx.mail.send(call_letter(ctx, case_id=message.case_id, to=whom))
    elif to and message.from_team:
        await ctx.mail.send(moderation_letter(ctx, message=message, to=to, name=name))


def call_letter(ctx: Context, *, case_id: int, to: str) -> Mail:
    """Calls the moderator who has the case; what was written stays on the desk."""
    return letter(
        to=to,
        subject=f"New message in case {case_id}",
        paragraphs=[f"Somebody answered the team in case {case_id}."],
        link=f"{ctx.settings.base_url}/desk/cases/{case_id}#talk",
        label="Open the case",
    )


def moderation_letter(ctx: Context, *, message: CaseMessage, to: str, name: str) -> Mail:
    """The mail of a message: signed by the team, with the way to check it and to answer."""
    settings = ctx.settings
    domain = settings.server.domain
    code = message_code(ctx.secrets.key, message_id=message.id)
    paragraphs = [f"Hello {name},"] if name else []
    paragraphs += [part for part in message.text.split("\n\n") if part.strip()]
    paragraphs.append(f"The moderation team of {domain}")
    answer = (
        "You can answer this mail; your answer reaches the whole team."
        if settings.mail.reply_to
        else f"Answer on {settings.base_url}/account/conversations, after signing in."
    )
    check = (
        f"To check that this message is ours, type {settings.base_url}/messages/{message.id} into "
        f"your browser and enter the code {code}. We never ask for a password, and never send "
        "links to sign in with."
    )
    after = [
        answer,
        check,
    ]
    made = letter(
        to=to,
        subject=f"Moderation of {domain}: message {message.case_id}",
        paragraphs=paragraphs,
        after=after,
    )
    headers = list(made.headers)
    if settings.mail.reply_to:
        local, _, host = settings.mail.reply_to.rpartition("@")
        token = reply_token(ctx.secrets.key, thread_id=message.thread_id)
        headers.append(("Reply-To", f"{local}+{token}@{host}"))
    return Mail(made.to, made.subject, made.text, made.html, tuple(headers))
