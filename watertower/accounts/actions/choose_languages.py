"""Choose languages: a member wants to see posts of others in these languages only."""

from collections.abc import Sequence

from watertower.accounts.queries.preferences import update_chosen_languages
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.text.languages import LANGUAGES


async def choose_languages(ctx: Context, *, account_id: int, languages: Sequence[str]) -> None:
    """Keep to these languages in public timelines; none: all of them. Raises Invalid for unknown ones."""
    if unknown := [word for word in languages if word not in LANGUAGES]:
        raise Invalid(f"Validation failed: Languages {unknown[0][:20]} is not a language we know")
    async with ctx.transaction() as tx:
        await update_chosen_languages(
            tx, account_id=account_id, languages=sorted(set(languages)) or None
        )
