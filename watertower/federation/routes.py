"""Every address other servers use, on one page."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FederationRoute:
    """One address."""

    method: str
    path: str
    handler: Any


ROUTES: list[FederationRoute] = []
