"""`watertower worker`: one worker process, for an installation over several machines."""

from watertower.base.read_settings import read_settings
from watertower.cli.database import with_running_database
from watertower.worker import serve


def worker() -> None:
    """Run reactions, jobs and the schedule, until SIGTERM."""
    serve(with_running_database(read_settings()))
