"""Words that moderators use again."""

from dataclasses import dataclass

from watertower.base.context import Context
from watertower.moderation.queries.templates import list_templates


@dataclass(frozen=True)
class Template:
    """A message to begin from: for an action, a rule, a language."""

    id: int
    name: str
    action: str
    rule_id: int | None
    language: str
    text: str


async def templates_for(ctx: Context, *, language: str | None = None) -> list[Template]:
    """Templates; those of this language, and the English ones, where a language is named."""
    async with ctx.reading() as tx:
        return [Template(*row.values()) for row in await list_templates(tx, language=language)]
