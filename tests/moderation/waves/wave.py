"""Makes a spam wave as rows: accounts on many servers that say nearly the same, and reports."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from tests.world import a_status, an_account, unique
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import Complaint


@dataclass
class Wave:
    """What was made."""

    text = "Hello friend you have been chosen to win a free phone today, click https://win.example/{n} before it is too late"
    account_ids: list = field(default_factory=list)
    status_ids: list = field(default_factory=list)
    domains: list = field(default_factory=list)


async def a_wave(ctx, *, accounts, posts, servers, reports, text=Wave.text):
    """Posts by accounts spread over servers; each report names a post, by one of ten members."""
    dice, wave = random.Random(5), Wave()
    wave.domains = [f"{unique('spam').replace('_', '')}.example" for _ in range(servers)]
    people = [await an_account(ctx, domain=wave.domains[n % servers]) for n in range(accounts)]
    wave.account_ids = [one.id for one in people]
    for n in range(posts):
        link = text.format(n=n)
        html = f"<p>@someone{n} {link}</p>".replace(
            f"https://win.example/{n}",
            f'<a href="https://win.example/{n}">https://win.example/{n}</a>',
        )
        status = await a_status(
            ctx,
            by=people[n % accounts],
            text="",
            content_html=html,
            created_at=ctx.now() - timedelta(minutes=dice.randint(1, 300)),
        )
        wave.status_ids.append((status.id, people[n % accounts]))
    reporters = [await an_account(ctx) for _ in range(min(10, reports))]
    for n in range(reports):
        status_id, author = wave.status_ids[n % len(wave.status_ids)]
        await a_report(ctx, by=reporters[n % len(reporters)], about=author, status_ids=[status_id])
    return wave


async def a_report(ctx, *, by, about, status_ids=(), comment="Spam"):
    """A member's report, with its case; its id."""
    return await file_report(
        ctx,
        reporter_id=by.id,
        complaint=Complaint(
            target_account_id=about.id,
            category="spam",
            comment=comment,
            status_ids=list(status_ids),
            rule_ids=[],
            is_forwarded=False,
        ),
    )
