"""The command itself: a progress bar around the story."""

from datetime import UTC, datetime

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from watertower.accounts.actions.manage_member import login_named
from watertower.accounts.errors import LoginNotFound
from watertower.base.context import Context
from watertower.base.queue.job import Lane
from watertower.base.work.run import Runner
from watertower.cli.demo.fill import Filler, StoryClock
from watertower.cli.demo.people import people
from watertower.cli.demo.trouble import make_trouble
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context
from watertower.jobs import JOBS

PASSWORD = "watertower"  # noqa: S105  # known to everybody; refused on a public server
FEWEST = 50  # a story of fewer people would be another story


def demo() -> None:
    """Fill this server with sixty made-up people, their posts, pictures, threads and polls.

    Everybody's password is "watertower", so this works in development only. It takes about a
    minute; the server may run meanwhile.
    """
    in_context(_fill, connections=8)


async def _fill(ctx: Context) -> None:
    if not ctx.settings.is_development:
        raise CommandFailed("The demonstration is for development: its passwords are public.")
    # Somebody real may have one of the names already, most likely the owner.
    community = [one for one in people() if not await _is_member(ctx, one.username)]
    if len(community) < FEWEST:
        raise CommandFailed("The made-up people are members already: this was filled before.")
    clock = StoryClock()
    ctx.clock = clock
    columns = (
        TextColumn("{task.description:12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns) as progress:
        total = len(community)
        story = progress.add_task("people", total=total)
        filler = Filler(
            ctx, clock, community, password=PASSWORD, step=lambda: progress.advance(story)
        )
        await filler.make_people()
        story = progress.add_task("follows", total=total)
        await filler.make_follows()
        await Runner(ctx, JOBS, list(Lane)).drain()
        story = progress.add_task("posts", total=filler.posts)
        await filler.make_posts()
        clock.at = datetime.now(UTC)
        moderator = await make_trouble(ctx, filler.people, password=PASSWORD)
        story = progress.add_task("homes", total=1)
        await Runner(ctx, JOBS, list(Lane)).drain()
        progress.advance(story)
    print(f"Sign in as any of them at {ctx.settings.base_url}/auth/sign_in, for example as")
    print(f"  {community[0].username}@example.com   password: {PASSWORD}")
    print(f"A head moderator with a full desk is {moderator}@example.com")


async def _is_member(ctx: Context, username: str) -> bool:
    try:
        await login_named(ctx, name_or_email=username)
    except LoginNotFound:
        return False
    return True
