"""Puts a context together for a process: the outside world, as its settings say."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from watertower import __version__
from watertower.base.clock import Clock, SystemClock
from watertower.base.context import Context, MailPort
from watertower.base.db.pool import open_database
from watertower.base.http.client import OutgoingClient
from watertower.base.http.rules import rules_of
from watertower.base.mail import FolderMail, SmtpMail
from watertower.base.secrets import load_or_make_secrets
from watertower.base.settings import Settings
from watertower.federation.remote.port import Remote
from watertower.media.storage import Storage
from watertower.reactions import REACTIONS


@asynccontextmanager
async def assembled(
    settings: Settings, *, connections: int, clock: Clock | None = None
) -> AsyncIterator[Context]:
    """A context; everything it opened is closed at the end."""
    db = await open_database(settings.database, connections=connections, reactions=REACTIONS)
    http = OutgoingClient(rules_of(settings, version=__version__))
    mail: MailPort = SmtpMail(settings) if settings.mail.smtp_url else FolderMail(settings)
    remote = Remote()
    ctx = Context(
        db=db,
        clock=clock or SystemClock(),
        settings=settings,
        secrets=load_or_make_secrets(settings.server.data_dir),
        http=http,
        remote=remote,
        storage=Storage(settings),
        mail=mail,
    )
    remote.attach(ctx)
    try:
        yield ctx
    finally:
        await http.close()
        await db.close()
