"""Keep words that are used again, by what is done, rule and language."""

import re

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.errors.cases import WordsMissing
from watertower.moderation.queries.templates import delete_template, upsert_template
from watertower.moderation.steps.log import log

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


async def keep_template(
    ctx: Context,
    *,
    actor_id: int,
    name: str,
    text: str,
    action: str = "",
    rule_id: int | None = None,
    language: str = "en",
) -> int:
    """Keep it; one of the same name and language is replaced. Raises WordsMissing, Invalid."""
    if not name.strip() or not text.strip():
        raise WordsMissing("text", "A template has a name and words")
    if not _LANGUAGE.fullmatch(language):
        raise Invalid("Write the language as two or three letters, as en or de")
    async with ctx.transaction() as tx:
        made = await upsert_template(
            tx,
            name=name.strip()[:100],
            action=action,
            rule_id=rule_id,
            language=language,
            text=text.strip()[:10_000],
            by=actor_id,
            at=ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="keep_template",
            subject=("template", made),
            details={"name": name.strip()[:100], "language": language},
        )
    return made


async def remove_template(ctx: Context, *, actor_id: int, template_id: int) -> None:
    """Remove it; what was said with it stays said."""
    async with ctx.transaction() as tx:
        if await delete_template(tx, template_id=template_id):
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="remove_template",
                subject=("template", template_id),
            )
