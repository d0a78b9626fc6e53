"""`watertower federation relay…`: servers that pass public posts on."""

from watertower.base.errors import Refused
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context
from watertower.federation.relays import relays, subscribe, unsubscribe


def list_relays() -> None:
    """Print the relays that we subscribed to, and what they answered."""
    found = in_context(relays)
    if not found:
        print("No relay.")
    for one in found:
        print(f"{one.inbox_url}  {one.style}, {one.state}")


def add_relay(url: str, *, litepub: bool = False) -> None:
    """Subscribe to a relay. It answers when it likes; posts flow from then on.

    Parameters
    ----------
    url
        The address of its inbox, or with --litepub of its actor.
    litepub
        It is a relay that is followed, and boosts what it is told of.

    """
    try:
        relay = in_context(lambda ctx: subscribe(ctx, url=url, is_litepub=litepub))
    except Refused as refused:
        raise CommandFailed(refused.says) from None
    print(f"Asked {relay.inbox_url}.")


def remove_relay(url: str) -> None:
    """Leave a relay.

    Parameters
    ----------
    url
        The address of its inbox or its actor, as it was given.

    """
    try:
        in_context(lambda ctx: unsubscribe(ctx, url=url))
    except Refused as refused:
        raise CommandFailed(refused.says) from None
    print("Left it.")
