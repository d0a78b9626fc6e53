"""Mails to applicants, and to members who are asked about one."""

from watertower.accounts.mails.letter import letter
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context, Mail
from watertower.base.queue.job import Lane, job
from watertower.base.settings import Settings
from watertower.moderation.queries.sign_ups import find_message
from watertower.moderation.queries.vouches import find_vouch


@job(Lane.MAIL)
async def send_sign_up_mail(ctx: Context, *, message_id: int) -> None:
    """What staff said to an applicant: a question, or a refusal with its reason."""
    async with ctx.reading() as tx:
        found = await find_message(tx, message_id=message_id)
        login = await find_login_by_account(tx, account_id=found[0]) if found else None
    if found is None or login is None:
        return
    _, kind, text = found
    write = question_letter if kind == "question" else refusal_letter
    await ctx.mail.send(write(ctx.settings, to=login.email, username=login.username, text=text))


@job(Lane.MAIL)
async def send_vouch_mail(ctx: Context, *, vouch_id: int) -> None:
    """Ask a member whether they know an applicant."""
    async with ctx.reading() as tx:
        vouch = await find_vouch(tx, vouch_id=vouch_id)
        asked = (
            await find_login_by_account(tx, account_id=vouch.member_account_id)
            if vouch is not None and vouch.member_account_id is not None
            else None
        )
    if vouch is None or asked is None or vouch.answered_at is not None:
        return
    await ctx.mail.send(
        letter(
            to=asked.email,
            subject=f"Do you know {vouch.username}?",
            paragraphs=[
                f"Hello {asked.username},",
                (
                    f"somebody who wants to join {ctx.settings.server.domain} as {vouch.username} "
                    "says that you know them. Only the moderators learn what you answer, and that "
                    "you were asked at all. You need not answer."
                ),
            ],
            link=f"{ctx.settings.base_url}/account/vouches",
            label="Read and answer",
            after=["The question is open for seven days."],
        )
    )


@job(Lane.MAIL)
async def send_sign_ups_wait_mail(
    ctx: Context, *, account_id: int, half: int, nearly: int, late: int
) -> None:
    """Tell one of the staff that applicants wait."""
    async with ctx.reading() as tx:
        login = await find_login_by_account(tx, account_id=account_id)
    if login is None:
        return
    said = [
        f"{count} {words}"
        for count, words in (
            (late, "longer than the 72 hours we promise"),
            (nearly, "nearly 72 hours"),
            (half, "more than a day and a half"),
        )
        if count
    ]
    await ctx.mail.send(
        letter(
            to=login.email,
            subject=f"{half + nearly + late} applications wait for an answer",
            paragraphs=[
                f"Hello {login.username},",
                (
                    f"of those who want to join {ctx.settings.server.domain}, {', '.join(said)} "
                    "have been waiting for an answer."
                ),
            ],
            link=f"{ctx.settings.base_url}/desk/sign_ups",
            label="Read the applications",
        )
    )


def question_letter(settings: Settings, *, to: str, username: str, text: str) -> Mail:
    """A question to an applicant."""
    return letter(
        to=to,
        subject=f"A question about your application at {settings.server.domain}",
        paragraphs=[
            f"Hello {username},",
            "before we can answer your application, we would like to know:",
            text,
        ],
        link=f"{settings.base_url}/auth/waiting",
        label="Answer",
        after=["Sign in with your name and password to answer. There is no hurry."],
    )


def refusal_letter(settings: Settings, *, to: str, username: str, text: str) -> Mail:
    """A refusal: why, and that it can be appealed."""
    return letter(
        to=to,
        subject=f"Your application at {settings.server.domain}",
        paragraphs=[
            f"Hello {username},",
            "we did not accept your application"
            + (f". The reason we noted: {text}" if text else "."),
            (
                "This is not final. For thirty days your name is kept and you can ask to have "
                "the decision looked at again, by somebody else where we are more than one."
            ),
        ],
        link=f"{settings.base_url}/auth/waiting",
        label="Ask again",
    )
