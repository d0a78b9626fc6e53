"""Filter, FilterKeyword, FilterStatus, and the filter of version 1, as JSON.

Sources: entities `filter`, `filter_keyword`, `filter_status`, `v1/filter` of the Mastodon API 4.6.
"""

from collections.abc import Mapping
from typing import Any

from watertower.api.shapes.times import moment


def filter_shape(row: Mapping[str, Any]) -> dict[str, Any]:
    """A filter with its parts."""
    return {
        "id": str(row["id"]),
        "title": row["title"],
        "context": row["contexts"],
        "expires_at": moment(row["expires_at"]),
        "filter_action": row["action"],
        "keywords": [keyword_shape(keyword) for keyword in row["keywords"]],
        "statuses": [filter_status_shape(status) for status in row["statuses"]],
    }


def keyword_shape(keyword: Mapping[str, Any]) -> dict[str, Any]:
    """A keyword of a filter."""
    return {
        "id": str(keyword["id"]),
        "keyword": keyword["keyword"],
        "whole_word": keyword["is_whole_word"],
    }


def filter_status_shape(status: Mapping[str, Any]) -> dict[str, Any]:
    """A status of a filter."""
    return {"id": str(status["id"]), "status_id": str(status["status_id"])}


def v1_filter_shape(row: Mapping[str, Any], keyword: Mapping[str, Any]) -> dict[str, Any]:
    """A keyword as older apps know filters."""
    return {
        "id": str(keyword["id"]),
        "phrase": keyword["keyword"],
        "context": row["contexts"],
        "whole_word": keyword["is_whole_word"],
        "expires_at": moment(row["expires_at"]),
        "irreversible": row["action"] == "hide",
    }
