"""What the clock starts: the whole list on one page."""

from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.jobs.apply_policy import ask_unanswered_again
from watertower.accounts.jobs.archive_mail import sweep_archives
from watertower.accounts.jobs.expire_mutes import expire_mutes
from watertower.accounts.jobs.sweep import forget_old_secrets
from watertower.accounts.jobs.verify_links import reverify_links
from watertower.api.webhooks.deliver import hook_new_statuses, sweep_webhook_deliveries
from watertower.base.queue.job import Job
from watertower.community.jobs.vote_clock import watch_votes
from watertower.federation.jobs.forget_old import forget_old_activities
from watertower.feeds.jobs.sweep_imports import sweep_imports
from watertower.feeds.jobs.trim_homes import trim_homes
from watertower.media.jobs.sweep_orphans import sweep_orphans
from watertower.moderation.jobs.account_types import reverify_domains, watch_approvals
from watertower.moderation.jobs.appeal_clocks import look_at_appeals
from watertower.moderation.jobs.destroy_evidence import destroy_evidence
from watertower.moderation.jobs.end_actions import (
    end_actions,
    keep_what_is_appealed,
    purge_suspended,
)
from watertower.moderation.jobs.inbound_simulate import expire_rules
from watertower.moderation.jobs.note_publishers import note_publishers
from watertower.moderation.jobs.server_clocks import (
    end_server_decisions,
    run_review_clocks,
    run_server_clocks,
)
from watertower.moderation.jobs.server_facts import ask_servers, count_servers
from watertower.moderation.jobs.server_lists import refresh_blocklists
from watertower.moderation.jobs.server_policies import look_at_policies
from watertower.moderation.jobs.sign_up_gate import (
    invite_waiting,
    watch_closing,
    watch_sign_ups,
)
from watertower.moderation.jobs.sign_ups import forget_refused, remind_of_sign_ups
from watertower.moderation.jobs.team_clocks import (
    check_powers,
    end_loans,
    remind_of_applications,
    watch_positions,
)
from watertower.moderation.jobs.trusted_reporters import find_candidates, watch_trusted_reporters
from watertower.moderation.jobs.watch_cases import watch_cases
from watertower.moderation.jobs.watch_freezes import watch_freezes
from watertower.moderation.jobs.waves_look import forget_shapes, look_for_waves
from watertower.statuses.jobs.clean_up import clean_up_old_statuses
from watertower.statuses.jobs.forget_submissions import forget_submissions
from watertower.statuses.jobs.publish_scheduled import publish_due
from watertower.statuses.jobs.sweep_deleted import sweep_deleted_statuses


@dataclass(frozen=True)
class Scheduled:
    """A job and how often it is started, over all workers together."""

    job: Job
    every: timedelta


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled(remind_of_sign_ups, timedelta(minutes=15)),
    Scheduled(forget_refused, timedelta(hours=1)),
    Scheduled(watch_approvals, timedelta(hours=1)),
    Scheduled(reverify_domains, timedelta(days=1)),
    Scheduled(watch_sign_ups, timedelta(minutes=1)),
    Scheduled(watch_closing, timedelta(minutes=15)),
    Scheduled(invite_waiting, timedelta(minutes=1)),
    Scheduled(forget_old_activities, every=timedelta(hours=1)),
    Scheduled(publish_due, timedelta(seconds=5)),
    Scheduled(forget_submissions, timedelta(hours=1)),
    Scheduled(sweep_deleted_statuses, timedelta(hours=1)),
    Scheduled(forget_old_secrets, timedelta(hours=1)),
    Scheduled(expire_mutes, timedelta(minutes=1)),
    Scheduled(ask_unanswered_again, timedelta(hours=1)),
    Scheduled(reverify_links, timedelta(days=7)),
    Scheduled(clean_up_old_statuses, timedelta(minutes=1)),
    Scheduled(sweep_archives, timedelta(hours=1)),
    Scheduled(sweep_imports, timedelta(hours=6)),
    Scheduled(trim_homes, timedelta(hours=3)),
    Scheduled(sweep_orphans, timedelta(hours=1)),
    Scheduled(end_server_decisions, timedelta(minutes=1)),
    Scheduled(run_review_clocks, timedelta(minutes=10)),
    Scheduled(run_server_clocks, timedelta(minutes=10)),
    Scheduled(ask_servers, timedelta(minutes=5)),
    Scheduled(count_servers, timedelta(minutes=5)),
    Scheduled(refresh_blocklists, timedelta(minutes=10)),
    Scheduled(look_at_policies, timedelta(days=7)),
    Scheduled(watch_cases, timedelta(minutes=5)),
    Scheduled(destroy_evidence, timedelta(hours=1)),
    Scheduled(expire_rules, timedelta(minutes=1)),
    Scheduled(look_for_waves, timedelta(minutes=1)),
    Scheduled(note_publishers, timedelta(minutes=15)),
    Scheduled(forget_shapes, timedelta(hours=1)),
    Scheduled(end_actions, timedelta(minutes=1)),
    Scheduled(purge_suspended, timedelta(hours=1)),
    Scheduled(keep_what_is_appealed, timedelta(hours=1)),
    Scheduled(watch_freezes, timedelta(minutes=1)),
    Scheduled(look_at_appeals, timedelta(minutes=5)),
    Scheduled(end_loans, timedelta(minutes=1)),
    Scheduled(remind_of_applications, timedelta(hours=1)),
    Scheduled(check_powers, timedelta(days=1)),
    Scheduled(watch_positions, timedelta(days=1)),
    Scheduled(find_candidates, timedelta(days=30)),
    Scheduled(watch_trusted_reporters, timedelta(minutes=5)),
    Scheduled(watch_votes, timedelta(minutes=1)),
    Scheduled(hook_new_statuses, timedelta(seconds=15)),
    Scheduled(sweep_webhook_deliveries, timedelta(hours=12)),
)
