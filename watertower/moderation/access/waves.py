"""Waves for those who may decide about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.context import Context
from watertower.base.text.sanitise import plain_text
from watertower.moderation.errors.waves import WaveNotFound
from watertower.moderation.model.inbound import Conditions
from watertower.moderation.model.waves import (
    MOST_SERVERS,
    Decided,
    Wave,
    WaveAccount,
    WaveServer,
)
from watertower.moderation.queries.wave_decisions import list_decisions
from watertower.moderation.queries.wave_targets import count_known
from watertower.moderation.queries.waves import (
    find_wave,
    list_samples,
    list_wave_accounts,
    list_wave_servers,
    list_waves,
)

MOST_WAVES = 50
OPEN = ("open", "deciding")
OVER = ("decided", "harmless")


@dataclass(frozen=True)
class Sample:
    """A post of a wave that everybody may read."""

    status_id: int
    acct: str
    text: str
    created_at: datetime


@dataclass(frozen=True)
class WaveSeen:
    """Everything about a wave on one page."""

    wave: Wave
    servers: Sequence[WaveServer]
    accounts: Sequence[WaveAccount]
    known_count: int  # accounts that are ours or that people here follow
    members_count: int
    samples: Sequence[Sample]
    decisions: Sequence[Decided]


async def waves_for_desk(ctx: Context, *, are_over: bool = False) -> list[Wave]:
    """Waves that wait, or those that are over."""
    async with ctx.reading() as tx:
        return await list_waves(tx, states=OVER if are_over else OPEN, limit=MOST_WAVES)


async def wave_for_desk(ctx: Context, *, wave_id: int, accounts_shown: int = 20) -> WaveSeen:
    """One wave. Raises WaveNotFound."""
    async with ctx.reading() as tx:
        wave = await find_wave(tx, wave_id=wave_id)
        if wave is None:
            raise WaveNotFound
        servers = await list_wave_servers(tx, wave_id=wave_id, limit=MOST_SERVERS)
        accounts = await list_wave_accounts(tx, wave_id=wave_id, after_id=0, limit=accounts_shown)
        known, members = await count_known(tx, wave_id=wave_id)
        samples = await list_samples(tx, wave_id=wave_id)
        decisions = await list_decisions(tx, wave_id=wave_id)
    return WaveSeen(
        wave,
        servers,
        accounts,
        known,
        members,
        [
            Sample(
                row["id"],
                row["acct"],
                f"{row['content_warning']}\n{plain_text(row['content_html'])}".strip()[:500],
                row["created_at"],
            )
            for row in samples
        ],
        decisions,
    )


async def accounts_of_wave(
    ctx: Context, *, wave_id: int, after_id: int, limit: int
) -> list[WaveAccount]:
    """Accounts that take part, by id. Raises WaveNotFound."""
    async with ctx.reading() as tx:
        if await find_wave(tx, wave_id=wave_id) is None:
            raise WaveNotFound
        return await list_wave_accounts(tx, wave_id=wave_id, after_id=after_id, limit=limit)


async def wave_for_rule(ctx: Context, *, wave_id: int) -> tuple[Conditions, str]:
    """A rule that would catch the wave, to begin with, and a name. Raises WaveNotFound."""
    async with ctx.reading() as tx:
        wave = await find_wave(tx, wave_id=wave_id)
    if wave is None:
        raise WaveNotFound
    words = [word for word in wave.sample.split() if not word.startswith(("@", "http", "#"))]
    texts = () if wave.hosts else (" ".join(words[:6]),)
    return (
        Conditions(
            texts=tuple(text for text in texts if len(text) >= 3),
            link_hosts=tuple(wave.hosts),
            has_no_followers_here=True,
        ),
        f"Wave of {wave.first_at:%d %B}: {' '.join(words[:5])}"[:100],
    )
