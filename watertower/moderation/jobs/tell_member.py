"""A member is told what was decided about them, in the product and by mail."""

from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.steps.notify import notify
from watertower.moderation.mails.appeal_letters import answerable
from watertower.moderation.mails.decision_letter import decision_letter, lifted_letter
from watertower.moderation.model.standing import Kind
from watertower.moderation.model.standing_words import LIFTED
from watertower.moderation.queries.handled import list_rules_by_id
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.appeal_links import appeal_link


@job(Lane.LOCAL)
async def notify_of_action(ctx: Context, *, action_id: int) -> None:
    """What members' apps show. It comes from nobody: the person's own account stands there."""
    async with ctx.transaction() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None or action.undone_at is not None:
            return
        if action.kind is Kind.NONE and not action.message:
            return
        await notify(
            tx,
            ctx,
            account_id=action.target_account_id,
            from_account_id=action.target_account_id,
            kind="moderation_warning",
            status_id=None,
            subject_id=action_id,
        )


@job(Lane.MAIL)
async def mail_decision(ctx: Context, *, action_id: int) -> None:
    """The decision by mail, where no thread of a case carries it."""
    async with ctx.reading() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None or action.case_id is not None or not action.is_mailed:
            return
        if action.kind is Kind.NONE and not action.message:
            return
        login = await find_login_by_account(tx, account_id=action.target_account_id)
        rules = await list_rules_by_id(tx, rule_ids=action.rule_ids)
    if login is None:
        return
    made = decision_letter(
        ctx.settings,
        to=login.email,
        username=login.username,
        action=action,
        rules=[rules[one].text for one in action.rule_ids if one in rules],
        link=appeal_link(
            ctx,
            action_id=action.id,
            account_id=action.target_account_id,
            made_at=action.created_at,
        ),
    )
    if action.kind is Kind.SUSPEND:
        # There is no thread for it, and who is suspended means one thing by answering.
        made = answerable(made, ctx.settings, ctx.secrets, action_id=action.id)
    await ctx.mail.send(made)


@job(Lane.MAIL)
async def mail_lifted(ctx: Context, *, action_id: int) -> None:
    """That it was taken back."""
    async with ctx.reading() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None or action.case_id is not None or not action.is_mailed:
            return
        if action.kind not in LIFTED:
            return
        login = await find_login_by_account(tx, account_id=action.target_account_id)
    if login is not None:
        await ctx.mail.send(
            lifted_letter(ctx.settings, to=login.email, username=login.username, action=action)
        )
