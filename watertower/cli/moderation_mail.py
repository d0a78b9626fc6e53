"""`watertower mail receive`: a mail server pipes answers to moderation into this command."""

import sys

from watertower.base.context import Context
from watertower.cli.in_context import in_context
from watertower.moderation.actions.conversation.receive_mail import Received, receive_mail
from watertower.moderation.model.incoming_mail import LARGEST

# sysexits.h, as mail servers read them.
DATA_ERROR = 65
NO_USER = 67
# What nobody has to be told of: it is kept, or nobody said anything.
SILENT = {"kept", "known", "automatic", "empty"}


def receive() -> None:
    """Read one mail (RFC 5322) from standard input and put it into its conversation.

    The address it was sent to carries the token of the conversation. Receiving the same mail again
    keeps it once. Exit 67 for an address that is none of ours, 65 for what was refused.
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)

    async def take(ctx: Context) -> Received:
        return await receive_mail(ctx, raw=raw)

    received = in_context(take)
    if received.outcome in SILENT:
        return
    print(received.why or received.outcome.replace("_", " "), file=sys.stderr)
    sys.exit(NO_USER if received.outcome == "no_thread" else DATA_ERROR)
