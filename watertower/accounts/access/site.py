"""What this community says about itself: its name, its rules, whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from watertower.accounts.model import Rule
from watertower.accounts.queries.rules import list_rules
from watertower.accounts.queries.site import (
    find_site_text,
    list_site_settings,
    site_setting,
)
from watertower.base.context import Context

T = TypeVar("T")

NAMES = (
    "title",
    "short_description",
    "extended_description",
    "contact_email",
    "contact_username",
    "shows_local_timeline",
    "duties_separated",
    "terms",
    "privacy_policy",
)


@dataclass(frozen=True)
class Site:
    """The community in its own words. Texts are plain; pages and shapes make HTML of them."""

    title: str
    short_description: str = ""
    extended_description: str = ""
    contact_email: str = ""
    contact_username: str = ""
    shows_local_timeline: bool = True
    are_duties_separated: bool = False  # a team moderates; administrators do not
    terms: str = ""
    privacy_policy: str = ""
    rules: Sequence[Rule] = ()


async def site_of(ctx: Context) -> Site:
    """The community's words about itself; two queries."""
    async with ctx.reading() as tx:
        found = await list_site_settings(tx, NAMES)
        rules = await list_rules(tx)
    return Site(
        title=found.get("title") or ctx.settings.server.domain,
        short_description=found.get("short_description") or "",
        extended_description=found.get("extended_description") or "",
        contact_email=found.get("contact_email") or "",
        contact_username=found.get("contact_username") or "",
        shows_local_timeline=bool(found.get("shows_local_timeline", True)),
        are_duties_separated=found.get("duties_separated") is True,
        terms=found.get("terms") or "",
        privacy_policy=found.get("privacy_policy") or "",
        rules=rules,
    )


async def site_text(ctx: Context, *, name: str) -> tuple[str, datetime] | None:
    """A longer text (`terms`, `privacy_policy` …) and when it was written; None if there is none."""
    async with ctx.reading() as tx:
        return await find_site_text(tx, name=name)


async def decided(ctx: Context, *, name: str, default: T) -> T:
    """One decision of the community about itself, or the default where it made none."""
    async with ctx.reading() as tx:
        return await site_setting(tx, name, default)
