"""Review a hashtag: whether it may be used, listed, and trend."""

from watertower.base.context import Context
from watertower.base.text.tags import tag_name
from watertower.feeds.errors import TagNotFound
from watertower.moderation.errors.tags import AnotherTag
from watertower.moderation.model.tags import TagRules
from watertower.moderation.steps.log import log
from watertower.statuses.queries.tag_rules import find_tag_name, update_tag_rules


async def review_tag(ctx: Context, *, actor_id: int, tag_id: int, change: TagRules) -> None:
    """Decide what is given. Raises TagNotFound, and AnotherTag for a spelling of another name."""
    async with ctx.transaction() as tx:
        name = await find_tag_name(tx, tag_id=tag_id)
        if name is None:
            raise TagNotFound
        if change.shown_name is not None and tag_name(change.shown_name) != name:
            raise AnotherTag
        await update_tag_rules(
            tx,
            tag_id=tag_id,
            shown_name=change.shown_name,
            is_usable=change.is_usable,
            is_listable=change.is_listable,
            is_trendable=change.is_trendable,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="review",
            subject=("tag", name),
            details={
                field: value
                for field in TagRules.__dataclass_fields__
                if (value := getattr(change, field)) is not None
            },
        )
