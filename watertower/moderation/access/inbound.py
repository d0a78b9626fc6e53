"""Rules, and what is held, for those who may write rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.paging import Page
from watertower.moderation.errors.inbound import HeldNotFound, InboundRuleNotFound
from watertower.moderation.model.inbound import Held, Pile, Rule
from watertower.moderation.queries.inbound_held import count_held, list_held, list_piles
from watertower.moderation.queries.inbound_matches import count_matches
from watertower.moderation.queries.inbound_rules import find_rule, list_rules, list_versions

MOST_PILES = 100


@dataclass(frozen=True)
class RuleSeen:
    """A rule, and how often it did what: (done, holding still) by effect."""

    rule: Rule
    done: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Queue:
    """What is held."""

    count: int
    piles: Sequence[Pile]


async def rules_for_desk(ctx: Context) -> list[RuleSeen]:
    """All rules, those that hold or are drafts first."""
    async with ctx.reading() as tx:
        rules = await list_rules(tx)
        done = await count_matches(tx, rule_ids=[rule.id for rule in rules])
    return [RuleSeen(rule, done[rule.id]) for rule in rules]


async def rule_for_desk(ctx: Context, *, rule_id: int) -> tuple[RuleSeen, Sequence[Row]]:
    """One rule and who wrote its versions. Raises InboundRuleNotFound."""
    async with ctx.reading() as tx:
        rule = await find_rule(tx, rule_id=rule_id)
        if rule is None:
            raise InboundRuleNotFound
        done = await count_matches(tx, rule_ids=[rule_id])
        versions = await list_versions(tx, rule_id=rule_id)
    return RuleSeen(rule, done[rule_id]), versions


async def held_for_desk(ctx: Context) -> Queue:
    """What is held, in piles of nearly the same."""
    async with ctx.reading() as tx:
        return Queue(await count_held(tx), await list_piles(tx, limit=MOST_PILES))


async def pile_for_desk(ctx: Context, *, pile: int, page: Page) -> list[Held]:
    """What lies on one pile, newest first. Raises HeldNotFound if nothing waits."""
    async with ctx.reading() as tx:
        found = await list_held(tx, pile=pile, page=page)
    if not found and page == Page(page.limit):
        raise HeldNotFound
    return found
