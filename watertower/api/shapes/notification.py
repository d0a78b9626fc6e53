"""Notification, NotificationPolicy and NotificationRequest, as JSON.

Sources: entities `notification`, `notification_policy`, `notification_request` of the
Mastodon API 4.6.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from watertower.accounts.model import Viewer
from watertower.api.shapes.account import account_faces, render_accounts, with_counts
from watertower.api.shapes.account_warning import render_warnings
from watertower.api.shapes.collection import render_collections
from watertower.api.shapes.raw import raw
from watertower.api.shapes.report import render_reports
from watertower.api.shapes.severance import render_severances
from watertower.api.shapes.status import render_status_map
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.feeds.model import (
    UNGROUPED,
    NotificationLine,
    NotificationPolicy,
    NotificationRequest,
)
from watertower.feeds.steps.notify import GROUPED

ABOUT_STATUSES = frozenset(
    {"mention", "status", "reblog", "favourite", "poll", "update", "quote", "quoted_update"}
)


async def render_notifications(
    ctx: Context, lines: Sequence[NotificationLine], *, viewer: Viewer
) -> list[bytes]:
    """Notifications as JSON bytes, in the order given; a fixed number of queries.

    Those about statuses that are gone, or that a filter of the viewer hides, are left out.
    """
    ids = [line.status_id for line in lines if line.status_id is not None]
    statuses = await render_status_map(ctx, ids, viewer=viewer, filter_context="notifications")
    accounts = await account_faces(ctx, [line.account for line in lines])
    reports = await render_reports(
        ctx, [line.subject_id for line in lines if line.kind == "admin.report"]
    )
    warnings = await render_warnings(
        ctx, [line.subject_id for line in lines if line.kind == "moderation_warning"]
    )
    collections = await render_collections(
        ctx,
        [line.subject_id for line in lines if line.kind == "added_to_collection"],
        viewer=viewer,
    )
    severances = await render_severances(
        ctx, [line.subject_id for line in lines if line.kind == "severed_relationships"]
    )
    bodies = []
    for line in lines:
        status = statuses.get(line.status_id or 0)
        face = accounts.get(line.account.id)
        if face is None or (status is None and line.kind in ABOUT_STATUSES):
            continue
        shape: dict[str, Any] = {
            "id": str(line.id),
            "type": line.kind,
            "created_at": moment(line.created_at),
            "group_key": shown_key(line),
            "account": raw(with_counts(face, line.account)),
        }
        if line.is_filtered:
            shape["filtered"] = True
        if status is not None:
            shape["status"] = raw(status)
        if line.kind == "admin.report" and line.subject_id in reports:
            shape["report"] = raw(reports[line.subject_id])
        if line.kind == "moderation_warning" and line.subject_id in warnings:
            shape["moderation_warning"] = raw(warnings[line.subject_id])
        if line.kind == "severed_relationships" and line.subject_id in severances:
            shape["event"] = severances[line.subject_id]
        if line.kind == "added_to_collection" and line.subject_id in collections:
            shape["collection"] = raw(collections[line.subject_id])
        bodies.append(to_json_bytes(shape))
    return bodies


def shown_key(line: NotificationLine) -> str:
    """The key under which the grouped list has a notification: its own id if it stands alone."""
    return line.group_key if line.kind in GROUPED else f"{UNGROUPED}{line.id}"


def policy_shape(policy: NotificationPolicy, aside: Mapping[str, int]) -> dict[str, Any]:
    """The policy, version 2: each kind of sender with accept, filter or drop."""
    return {**asdict(policy), "summary": _summary(aside)}


def policy_v1_shape(policy: NotificationPolicy, aside: Mapping[str, int]) -> dict[str, Any]:
    """The policy, version 1: what is not accepted is filtered."""
    return {
        "filter_not_following": policy.for_not_following != "accept",
        "filter_not_followers": policy.for_not_followers != "accept",
        "filter_new_accounts": policy.for_new_accounts != "accept",
        "filter_private_mentions": policy.for_private_mentions != "accept",
        "filter_bots": policy.for_bots != "accept",
        "summary": _summary(aside),
    }


def _summary(aside: Mapping[str, int]) -> dict[str, int]:
    return {
        "pending_requests_count": aside["senders"],
        "pending_notifications_count": aside["notifications"],
    }


async def render_requests(
    ctx: Context, requests: Sequence[NotificationRequest], *, viewer: Viewer
) -> list[bytes]:
    """NotificationRequests as JSON bytes, in the order given."""
    accounts = await render_accounts(ctx, [request.account_id for request in requests])
    ids = [r.last_status_id for r in requests if r.last_status_id is not None]
    statuses = await render_status_map(ctx, ids, viewer=viewer)
    return [
        to_json_bytes(
            {
                "id": str(request.account_id),
                "created_at": moment(request.created_at),
                "updated_at": moment(request.updated_at),
                "notifications_count": str(request.count),
                "account": raw(accounts[request.account_id]),
                "last_status": raw(statuses[request.last_status_id])
                if request.last_status_id in statuses
                else None,
            }
        )
        for request in requests
        if request.account_id in accounts
    ]
