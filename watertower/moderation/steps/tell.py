"""A member hears of a decision in the thread of its case; without a case, see jobs/tell_member.py."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.model.standing import Action, Kind
from watertower.moderation.model.standing_words import LIFTED, link_label, paragraphs_of
from watertower.moderation.queries.handled import list_rules_by_id
from watertower.moderation.steps.appeal_links import appeal_link
from watertower.moderation.steps.conversation import say


async def tell_of_decision(tx: Transaction, ctx: Context, *, action: Action) -> None:
    """Say it where the answer will be heard."""
    if action.case_id is None or (action.kind is Kind.NONE and not action.message):
        return
    rules = await list_rules_by_id(tx, rule_ids=action.rule_ids)
    link = appeal_link(
        ctx,
        action_id=action.id,
        account_id=action.target_account_id,
        made_at=action.created_at,
    )
    words = paragraphs_of(
        action, rules=[rules[one].text for one in action.rule_ids if one in rules]
    )
    await _say(tx, ctx, action, [*words, f"{link_label(action.kind)}, without signing in: {link}"])


async def tell_of_end(tx: Transaction, ctx: Context, *, action: Action) -> None:
    """The same when it was taken back, or its time is over."""
    if action.case_id is not None and action.kind in LIFTED and action.is_mailed:
        await _say(tx, ctx, action, [LIFTED[action.kind]])


async def _say(tx: Transaction, ctx: Context, action: Action, words: list[str]) -> None:
    await say(
        tx,
        ctx,
        case_id=action.case_id or 0,
        thread="reported",
        text="\n\n".join(words),
        from_team=True,
        author_id=action.actor_account_id,
        with_account_id=action.target_account_id,
    )
