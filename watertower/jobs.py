"""Every job by its name: the reactions, and what actions and the schedule ask for."""

from collections.abc import Mapping

from watertower.accounts.jobs.accept_waiting import accept_waiting
from watertower.accounts.jobs.archive_mail import send_archive_mail
from watertower.accounts.jobs.confirmation_mail import send_confirmation_mail
from watertower.accounts.jobs.copy_pictures import copy_pictures
from watertower.accounts.jobs.reset_mail import send_reset_mail
from watertower.accounts.jobs.security_mails import (
    send_address_changed_mail,
    send_password_changed_mail,
    send_second_factor_mail,
)
from watertower.accounts.jobs.verify_links import verify_links
from watertower.api.webhooks.deliver import deliver_webhook
from watertower.base.queue.job import Job
from watertower.federation.jobs.look_again import look_again
from watertower.federation.jobs.reconcile_followers import reconcile_followers
from watertower.federation.outgoing.profile import tell_of_profile
from watertower.federation.outgoing.published import tell_of_vote_counts
from watertower.federation.remote.check_quote import check_quote
from watertower.feeds.push.send import push_to_app
from watertower.media.jobs.delete_files import delete_files
from watertower.media.jobs.process_upload import process_upload
from watertower.moderation.jobs.account_types import mail_approval_due
from watertower.moderation.jobs.appeal_mails import remind_of_contact, remind_team, tell_of_lapse
from watertower.moderation.jobs.freeze_mails import mail_team
from watertower.moderation.jobs.inbound_release import release_held
from watertower.moderation.jobs.inbound_simulate import simulate_rule
from watertower.moderation.jobs.inbound_undo import undo_rule
from watertower.moderation.jobs.server_clocks import remind_decider
from watertower.moderation.jobs.server_mails import send_server_answer, send_server_notice
from watertower.moderation.jobs.sign_up_gate import send_closed_mail, send_open_mail
from watertower.moderation.jobs.sign_up_mails import send_sign_ups_wait_mail
from watertower.moderation.jobs.waves_work import undo_wave, work_on_wave
from watertower.reactions import REACTIONS
from watertower.schedule import SCHEDULE
from watertower.statuses.jobs.close_poll import close_poll
from watertower.statuses.jobs.fetch_card import fetch_card
from watertower.statuses.jobs.publish_scheduled import publish_scheduled

# Jobs that actions enqueue by themselves, not as a reaction to an event.
ASKED_FOR: tuple[Job, ...] = (
    deliver_webhook,
    remind_team,
    remind_of_contact,
    tell_of_lapse,
    mail_team,
    send_sign_ups_wait_mail,
    send_closed_mail,
    send_open_mail,
    mail_approval_due,
    send_confirmation_mail,
    send_reset_mail,
    send_password_changed_mail,
    send_address_changed_mail,
    send_second_factor_mail,
    delete_files,
    process_upload,
    close_poll,
    fetch_card,
    push_to_app,
    publish_scheduled,
    accept_waiting,
    verify_links,
    copy_pictures,
    look_again,
    check_quote,
    reconcile_followers,
    tell_of_profile,
    tell_of_vote_counts,
    send_archive_mail,
    send_server_answer,
    send_server_notice,
    remind_decider,
    simulate_rule,
    release_held,
    undo_rule,
    work_on_wave,
    undo_wave,
)

JOBS: Mapping[str, Job] = {
    job.name: job
    for job in (
        *(j for jobs in REACTIONS.values() for j in jobs),
        *(entry.job for entry in SCHEDULE),
        *ASKED_FOR,
    )
}
