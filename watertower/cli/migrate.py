"""`watertower migrate`: brings the database to the shape this version needs."""

from watertower.base.db.embedded import running_url, start_embedded
from watertower.base.read_settings import read_settings
from watertower.cli.database import migrate_now, say_aside


def migrate_database() -> None:
    """Apply the migrations that are missing. `watertower up` does this by itself."""
    settings = read_settings()
    server = None
    url = settings.database.url or running_url(settings.server.data_dir)
    if not url:
        server = start_embedded(settings.server.data_dir, say=say_aside)
        url = server.url
    try:
        applied = migrate_now(url)
    finally:
        if server is not None:
            server.stop()
    for name in applied:
        print(f"applied {name}")
    print(f"{len(applied)} migrations applied." if applied else "Nothing to do.")
