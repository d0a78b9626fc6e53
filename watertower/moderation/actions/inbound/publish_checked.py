"""Publish what a member wrote, past the rules that are for members as well."""

from dataclasses import replace

import msgspec

from watertower.base.context import Context
from watertower.base.text.find import find_mentions
from watertower.moderation.errors.inbound import PostHeld
from watertower.moderation.model.inbound import Arrival, HeldDraft
from watertower.moderation.rules.shapes import hosts_in
from watertower.moderation.steps.inbound_judge import RuleJudge, hold, matching_rules
from watertower.moderation.steps.inbound_live import live_rules
from watertower.statuses.actions.publish import PublishedStatus, Scheduled, publish
from watertower.statuses.draft import Draft, fingerprint


async def publish_checked(
    ctx: Context,
    *,
    author_id: int,
    draft: Draft,
    application_id: int | None = None,
    idempotency_key: str | None = None,
) -> PublishedStatus | Scheduled:
    """Publish as publish() does. Raises PostHeld as well: then the draft is kept, once a day."""
    rules = (await live_rules(ctx)).at(ctx.now(), is_local=True)
    judge = None
    if rules:
        arrival = Arrival(
            text=f"{draft.content_warning}\n{draft.text}",
            hosts=hosts_in(draft.text),
            domain=None,
            language=draft.language,
            media_hashes=frozenset(),
            mentions_count=len(find_mentions(draft.text)),
            has_media=bool(draft.media_ids),
        )
        async with ctx.transaction() as tx:
            matched = await matching_rules(
                tx, ctx, rules=rules, arrival=arrival, account_id=author_id
            )
            holding = next((rule for rule in matched if rule.effects.hold), None)
            if holding is not None:
                same = fingerprint(draft, application_id=application_id)
                await hold(
                    tx,
                    ctx,
                    rule=holding,
                    kind="draft",
                    account_id=author_id,
                    domain=None,
                    uri=f"draft:{ctx.now():%Y-%m-%d}:{same}",
                    packed=msgspec.json.encode(HeldDraft(draft, application_id)).decode(),
                    announces=True,
                    arrival=arrival,
                )
        if holding is not None:
            raise PostHeld
        judge = RuleJudge.having_matched(ctx, matched, was_covered=bool(draft.is_sensitive))
        if any(rule.effects.sensitise for rule in matched):
            draft = replace(draft, is_sensitive=True)
    return await publish(
        ctx,
        author_id=author_id,
        draft=draft,
        application_id=application_id,
        idempotency_key=idempotency_key,
        judge=judge,
    )
