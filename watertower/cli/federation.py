"""`watertower federation …`: why an activity had no effect, and how other servers behave."""

from datetime import datetime

from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context
from watertower.federation.look_up import explain, hosts, pause

SHOWN_BYTES = 4000


def explain_activity(name: str) -> None:
    """Say what became of an activity, and why.

    Parameters
    ----------
    name
        Its id, our number for it, or the address of a status that activities spoke of.

    """
    found = in_context(lambda ctx: explain(ctx, named=name))
    if not found.received and not found.waiting:
        raise CommandFailed(
            "Nothing is known about it: it never came, its signature was refused, or it was "
            "forgotten (finished activities are kept for some days)."
        )
    for one in found.received:
        print(f"{one.id}  {one.kind} from {one.sender_uri}")
        print(f"  id        {one.activity_uri or 'none'}")
        print(f"  received  {_moment(one.received_at)}")
        print(f"  {one.state:9} {one.reason or ''}".rstrip())
        if one.state == "waiting":
            print(f"  attempts  {one.attempts}, the next at {_moment(one.due_at)}")
        elif one.finished_at is not None:
            print(f"  finished  {_moment(one.finished_at)} after {one.attempts} attempts")
        print("  " + one.document[:SHOWN_BYTES].decode("utf-8", "replace"))
    for row in found.waiting:
        print(
            f"waits for {row.inbox_url}: {row.attempts} attempts, {row.last_error or 'not tried'}"
        )


def list_hosts(*, all_hosts: bool = False, limit: int = 50) -> None:
    """Print how deliveries to other servers go, the worst first.

    Parameters
    ----------
    all_hosts
        Those where all is well too.
    limit
        At most so many.

    """
    found = in_context(lambda ctx: hosts(ctx, only_troubled=not all_hosts, limit=limit))
    if not found:
        print("Nothing waits, and no server fails." if not all_hosts else "No server is known yet.")
    for one in found:
        state = "paused" if one.is_paused else "failing" if one.failures else "well"
        since = f" since {_moment(one.failing_since)}" if one.failing_since else ""
        again = f", next try {_moment(one.next_try_at)}" if one.next_try_at else ""
        why = f": {one.last_error}" if one.last_error and one.failures else ""
        print(f"{one.host}  {one.waiting} waiting, {state}{since}{again}{why}")


def pause_host(host: str) -> None:
    """Hold back all deliveries to a server.

    Parameters
    ----------
    host
        Its name, with a port if it has an unusual one.

    """
    _set(host, is_paused=True)


def resume_host(host: str) -> None:
    """Let deliveries to a server go again.

    Parameters
    ----------
    host
        Its name, with a port if it has an unusual one.

    """
    _set(host, is_paused=False)


def _set(host: str, *, is_paused: bool) -> None:
    if not in_context(lambda ctx: pause(ctx, host=host, is_paused=is_paused)):
        raise CommandFailed(f"{host!r} is no name of a server.")
    print(f"Deliveries to {host} are {'held back' if is_paused else 'let go'}.")


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S UTC")
