"""`watertower stream`: one streaming process, for an installation over several machines."""

from watertower.asgi import serve
from watertower.base.read_settings import read_settings
from watertower.cli.database import with_running_database
from watertower.cli.listen import listen_on


def stream() -> None:
    """Send live updates to apps, until SIGTERM."""
    settings = with_running_database(read_settings())
    listener = listen_on(*settings.streaming_bind, setting="WATERTOWER_STREAMING_BIND")
    serve(settings, listener, role="stream")
