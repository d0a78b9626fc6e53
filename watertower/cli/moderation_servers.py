"""`watertower federation block|unblock|blocklist …`: decide about servers from the command line.

The same actions as on the desk, with the same record; the author is the server itself.
"""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

from watertower.accounts.servers import SEVERITIES
from watertower.base.context import Context
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context
from watertower.moderation.access.blocklists import blocklist_page, exported
from watertower.moderation.actions.servers.blocklist import choose, import_blocklist
from watertower.moderation.actions.servers.decide import decide
from watertower.moderation.actions.servers.lift import lift
from watertower.moderation.actions.servers.preview import preview
from watertower.moderation.model.blocklists import FORMATS, Blocklist
from watertower.moderation.model.servers import Choice

MOST_LINES = 50


def block(
    domain: str,
    *,
    reason: str,
    severity: str = "suspend",
    public_comment: str = "",
    reject_media: bool = False,
    reject_reports: bool = False,
    no_subdomains: bool = False,
    dry_run: bool = False,
) -> None:
    """Limit or suspend a server, or reject its media or reports.

    Parameters
    ----------
    domain
        Its name.
    reason
        Why, for the team; it stays with the decision.
    severity
        noop, limit or suspend.
    public_comment
        What everybody is told.
    reject_media
        Show no files from there.
    reject_reports
        Take no reports from there.
    no_subdomains
        Only exactly this name.
    dry_run
        Only print who would lose what.

    """
    found = next((one for one in SEVERITIES if one == severity), None)
    if found is None:
        raise CommandFailed(f"{severity!r} is none of {', '.join(SEVERITIES)}.")
    seen = in_context(lambda ctx: preview(ctx, domain=domain, covers_subdomains=not no_subdomains))
    print(
        f"{len(seen.servers)} known servers are covered: {', '.join(seen.servers[:20]) or 'none'}"
    )
    print(
        f"{seen.impact.affected_members} members would lose {seen.impact.follows} follows and "
        f"{seen.impact.followers} followers by a suspension"
    )
    if dry_run:
        return
    in_context(
        lambda ctx: decide(
            ctx,
            actor_id=None,
            choice=Choice(
                domain,
                severity=found,
                rejects_media=reject_media,
                rejects_reports=reject_reports,
                covers_subdomains=not no_subdomains,
                public_comment=public_comment,
                private_comment=reason,
            ),
            in_advance=True,
        )
    )
    print(f"{seen.domain}: {found} holds from now on.")


def unblock(domain: str, *, reason: str) -> None:
    """Lift what was decided about a server; follows come back where the other side agrees.

    Parameters
    ----------
    domain
        Its name.
    reason
        Why, for the team.

    """
    if not in_context(lambda ctx: lift(ctx, actor_id=None, domain=domain, reason=reason)):
        raise CommandFailed(f"Nothing special holds for {domain}.")
    print(f"{domain}: nothing special holds any more.")


def blocklist_import(file: Path, *, name: str = "", apply: bool = False) -> None:
    """Read a blocklist (Mastodon's CSV, GoToSocial's JSON, FIRES). Its lines are drafts.

    Parameters
    ----------
    file
        The file.
    name
        What the list is called; the file's name if empty.
    apply
        Put all its new lines in force, except where something was decided here.

    """
    body = file.read_bytes()
    blocklist_id, unread = in_context(
        lambda ctx: import_blocklist(ctx, actor_id=None, name=name or file.name, body=body)
    )
    for line in unread:
        print(f"not read: {line}")
    done, after = 0, ""
    while apply:
        held, domains = in_context(_page_of(blocklist_id, after))
        if not domains:
            break
        made, _ = in_context(_applied(blocklist_id, domains))
        done, after = done + made, domains[-1]
    held, _ = in_context(_page_of(blocklist_id, ""))
    print(f"{held.name}: {held.drafts} drafts, {held.applied} applied, {held.ignored} ignored.")
    if apply:
        print(f"{done} were applied now.")


def _page_of(
    blocklist_id: int, after: str
) -> Callable[[Context], Coroutine[None, None, tuple[Blocklist, list[str]]]]:
    async def ask(ctx: Context) -> tuple[Blocklist, list[str]]:
        held, entries, _ = await blocklist_page(
            ctx, blocklist_id=blocklist_id, shown="draft", after=after
        )
        return held, [one.domain for one in entries[:MOST_LINES]]

    return ask


def _applied(
    blocklist_id: int, domains: Sequence[str]
) -> Callable[[Context], Coroutine[None, None, tuple[int, list[str]]]]:
    return lambda ctx: choose(
        ctx, actor_id=None, blocklist_id=blocklist_id, domains=domains, what="apply"
    )


def blocklist_export(file: Path, *, form: str = "mastodon_csv") -> None:
    """Write what was decided here as a blocklist for others.

    Parameters
    ----------
    file
        Where to.
    form
        mastodon_csv, gotosocial_json or fires.

    """
    if form not in FORMATS:
        raise CommandFailed(f"{form!r} is none of {', '.join(FORMATS)}.")
    file.write_bytes(in_context(lambda ctx: exported(ctx, kind=form)))
    print(f"Written to {file}.")
