"""Grouped notifications, as JSON: groups that name accounts and statuses, each given once.

Sources: entities `dedup_notification_group`, `notification_group`, `partial_account` of the
Mastodon API 4.6.
"""

from collections.abc import Sequence
from typing import Any

from watertower.accounts.model import Viewer
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.account_warning import render_warnings
from watertower.api.shapes.collection import render_collections
from watertower.api.shapes.notification import ABOUT_STATUSES
from watertower.api.shapes.raw import raw
from watertower.api.shapes.report import render_reports
from watertower.api.shapes.severance import render_severances
from watertower.api.shapes.status import render_status_map
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import from_json, to_json_bytes
from watertower.feeds.model import NotificationGroup

PARTIAL = (
    "id",
    "acct",
    "locked",
    "bot",
    "url",
    "avatar",
    "avatar_static",
    "avatar_description",
)


async def render_groups(
    ctx: Context, groups: Sequence[NotificationGroup], *, viewer: Viewer, partial: bool = False
) -> bytes:
    """Groups with their accounts and statuses, in a fixed number of queries.

    Groups about statuses that are gone, or that a filter of the viewer hides, are left out. With
    `partial` only the first account of each group is whole; of the others an avatar is enough.
    """
    ids = [group.status_id for group in groups if group.status_id is not None]
    statuses = await render_status_map(ctx, ids, viewer=viewer, filter_context="notifications")
    shown = [g for g in groups if g.kind not in ABOUT_STATUSES or (g.status_id or 0) in statuses]
    people = dict.fromkeys(one for group in shown for one in group.from_account_ids)
    accounts = await render_accounts(ctx, list(people))
    reports = await render_reports(
        ctx, [group.subject_id for group in shown if group.kind == "admin.report"]
    )
    warnings = await render_warnings(
        ctx, [group.subject_id for group in shown if group.kind == "moderation_warning"]
    )
    collections = await render_collections(
        ctx,
        [group.subject_id for group in shown if group.kind == "added_to_collection"],
        viewer=viewer,
    )
    severances = await render_severances(
        ctx, [group.subject_id for group in shown if group.kind == "severed_relationships"]
    )
    first = {group.from_account_ids[0] for group in shown}
    whole = [one for one in people if one in accounts and (one in first or not partial)]
    answer: dict[str, Any] = {
        "accounts": [raw(accounts[one]) for one in whole],
        "statuses": [
            raw(statuses[one])
            for one in dict.fromkeys(group.status_id for group in shown)
            if one in statuses
        ],
        "notification_groups": [
            _group_shape(group, reports, collections, warnings)
            | (
                {"event": severances[group.subject_id]}
                if group.kind == "severed_relationships" and group.subject_id in severances
                else {}
            )
            for group in shown
        ],
    }
    if partial:
        others = [one for one in people if one in accounts and one not in first]
        answer["partial_accounts"] = [_partial(accounts[one]) for one in others]
    return to_json_bytes(answer)


def _group_shape(
    group: NotificationGroup,
    reports: dict[int, bytes],
    collections: dict[int, bytes],
    warnings: dict[int, bytes],
) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "group_key": group.key,
        "notifications_count": group.count,
        "type": group.kind,
        "most_recent_notification_id": group.newest_id,
        "sample_account_ids": [str(one) for one in group.from_account_ids],
    }
    if group.page_min_id is not None:
        shape |= {
            "page_min_id": str(group.page_min_id),
            "page_max_id": str(group.page_max_id),
            "latest_page_notification_at": moment(group.page_newest_at),
        }
    if group.kind in ABOUT_STATUSES:
        shape["status_id"] = str(group.status_id)
    if group.kind == "admin.report" and group.subject_id in reports:
        shape["report"] = raw(reports[group.subject_id])
    if group.kind == "moderation_warning" and group.subject_id in warnings:
        shape["moderation_warning"] = raw(warnings[group.subject_id])
    if group.kind == "added_to_collection" and group.subject_id in collections:
        shape["collection"] = raw(collections[group.subject_id])
    return shape


def _partial(account: bytes) -> dict[str, Any]:
    whole = from_json(account)
    return {name: whole[name] for name in PARTIAL}
