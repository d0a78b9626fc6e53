"""Token: what an app is given to act with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any


def render_token(token: str, *, scopes: Sequence[str], created_at: datetime) -> dict[str, Any]:
    """The Token entity. Tokens do not expire, so it does not say when."""
    return {
        "access_token": token,
        "token_type": "Bearer",
        "scope": " ".join(scopes),
        "created_at": int(created_at.timestamp()),
    }
