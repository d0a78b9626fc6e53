"""`watertower web`: one web process, for an installation over several machines."""

from watertower.asgi import serve
from watertower.base.read_settings import read_settings
from watertower.cli.database import with_running_database
from watertower.cli.listen import listen_on


def web() -> None:
    """Answer apps, browsers and other servers, until SIGTERM."""
    settings = with_running_database(read_settings())
    serve(settings, listen_on(*settings.bind, setting="WATERTOWER_BIND"), role="web")
