"""Every job by its name: the reactions, and what actions and the schedule ask for."""

from collections.abc import Mapping

from watertower.accounts.jobs.confirmation_mail import send_confirmation_mail
from watertower.base.queue.job import Job
from watertower.reactions import REACTIONS
from watertower.schedule import SCHEDULE
from watertower.statuses.jobs.close_poll import close_poll

# Jobs that actions enqueue by themselves, not as a reaction to an event.
ASKED_FOR: tuple[Job, ...] = (send_confirmation_mail, close_poll)

JOBS: Mapping[str, Job] = {
    job.name: job
    for job in (
        *(j for jobs in REACTIONS.values() for j in jobs),
        *(entry.job for entry in SCHEDULE),
        *ASKED_FOR,
    )
}
