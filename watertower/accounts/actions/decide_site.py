"""Change what the community says about itself and its rules."""

from collections.abc import Mapping
from typing import Any

from watertower.accounts.errors import RuleNotFound
from watertower.accounts.queries.rules import delete_rule, insert_rule
from watertower.accounts.queries.site import list_site_settings, set_site_setting
from watertower.accounts.site_names import DECISIONS, value_of
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_text

LONGEST_RULE = 1000  # characters


async def decide_site(ctx: Context, *, name: str, text: str) -> Any:
    """Decide one thing, given as text; answers its value. Raises Invalid."""
    value = value_of(name, text)
    async with ctx.transaction() as tx:
        await set_site_setting(tx, name, value)
    return value


async def site_decisions(ctx: Context) -> Mapping[str, Any]:
    """Everything that was decided, by name."""
    async with ctx.reading() as tx:
        return await list_site_settings(tx, list(DECISIONS))


async def add_rule(ctx: Context, *, text: str, hint: str = "") -> int:
    """Add a rule at the end; its id. Raises Invalid for one that is empty or too long."""
    text, hint = clean_text(text).strip(), clean_text(hint).strip()
    if not text or max(len(text), len(hint)) > LONGEST_RULE:
        raise Invalid(f"A rule has 1 to {LONGEST_RULE} characters")
    async with ctx.transaction() as tx:
        return await insert_rule(tx, text=text, hint=hint)


async def remove_rule(ctx: Context, *, rule_id: int) -> None:
    """Take a rule out of force; reports that name it keep it. Raises RuleNotFound."""
    async with ctx.transaction() as tx:
        if not await delete_rule(tx, rule_id=rule_id, at=ctx.now()):
            raise RuleNotFound
