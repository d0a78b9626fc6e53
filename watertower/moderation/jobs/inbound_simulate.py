"""Looks at what a rule would have caught in the last days."""

import asyncio
from collections import Counter
from datetime import timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.ids import MAX_ID
from watertower.base.queue.job import Lane, job
from watertower.base.text.sanitise import plain_text
from watertower.moderation.model.inbound import (
    MOST_SIMULATED,
    SIMULATED_DAYS,
    Arrival,
    Caught,
    Origin,
    Rule,
    Simulation,
    Writer,
)
from watertower.moderation.queries.inbound_held import find_writer, list_past
from watertower.moderation.queries.inbound_rules import (
    find_rule,
    update_rules_expired,
    update_simulation,
)
from watertower.moderation.rules.inbound import matches_writer, may_match
from watertower.moderation.steps.inbound_judge import SAMPLE, hosts_of
from watertower.moderation.steps.inbound_live import forget_live_rules
from watertower.moderation.steps.log import log

PART = 500
EXAMPLES = 50


@job(Lane.SCHEDULED, attempts=3)
async def simulate_rule(ctx: Context, *, rule_id: int) -> None:
    """Judge the newest posts of the last week; the numbers go to the rule's page."""
    async with ctx.reading() as tx:
        rule = await find_rule(tx, rule_id=rule_id)
    if rule is None:
        return
    looked_at, caught = await _caught(ctx, rule)
    days = Counter(row["created_at"].date().isoformat() for row, _ in caught)
    known = {row["account_id"] for row, writer in caught if writer.followers_here}
    simulation = Simulation(
        days=tuple(sorted(days.items(), reverse=True)),
        looked_at=looked_at,
        caught_count=len(caught),
        accounts_count=len({row["account_id"] for row, _ in caught}),
        known_count=len(known),
        examples=tuple(
            Caught(
                row["id"],
                row["account_id"],
                row["acct"],
                _text(row)[:SAMPLE].strip(),
                row["created_at"],
            )
            for row, _ in caught
            if row["visibility"] <= 1
        )[:EXAMPLES],
    )
    async with ctx.transaction() as tx:
        await update_simulation(tx, rule_id=rule_id, version=rule.version, simulation=simulation)


async def _caught(ctx: Context, rule: Rule) -> tuple[int, list[tuple[Row, Writer]]]:
    """How many posts were looked at, and those that the rule is about, newest first."""
    is_local = {Origin.REMOTE: False, Origin.LOCAL: True, Origin.ANY: None}[rule.conditions.origin]
    since = ctx.now() - timedelta(days=SIMULATED_DAYS)
    before_id, looked_at = MAX_ID, 0
    writers: dict[int, Writer | None] = {}
    caught: list[tuple[Row, Writer]] = []
    while looked_at < MOST_SIMULATED:
        async with ctx.reading(may_lag=True) as tx:
            rows = await list_past(
                tx, before_id=before_id, since=since, is_local=is_local, limit=PART
            )
            for row in rows:
                if not may_match(rule.conditions, _arrival(row)):
                    continue
                account_id = row["account_id"]
                if account_id not in writers:
                    writers[account_id] = await find_writer(tx, account_id=account_id)
                writer = writers[account_id]
                if writer and matches_writer(rule.conditions, writer, row["created_at"]):
                    caught.append((row, writer))
        looked_at += len(rows)
        if len(rows) < PART:
            break
        before_id = rows[-1]["id"]
        await asyncio.sleep(0)
    return looked_at, caught


def _text(row: Row) -> str:
    return f"{row['content_warning']}\n{plain_text(row['content_html'])}"


def _arrival(row: Row) -> Arrival:
    return Arrival(
        text=_text(row),
        hosts=hosts_of(row["content_html"]),
        domain=row["domain"],
        language=row["language"],
        media_hashes=frozenset(row["media_hashes"]),
        mentions_count=row["mentions_count"],
        has_media=row["has_media"],
    )


@job(Lane.SCHEDULED, attempts=1)
async def expire_rules(ctx: Context) -> None:
    """End what was meant to end. It did not hold since then in any case."""
    async with ctx.transaction() as tx:
        for rule_id in await update_rules_expired(tx, at=ctx.now()):
            await log(
                tx,
                at=ctx.now(),
                actor_id=None,
                verb="end inbound rule",
                subject=("inbound rule", rule_id),
                reason="Its time was over",
            )
    forget_live_rules()
