"""Facts about moderation that others react to. Ids only."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class ReportFiled(Event):
    """Somebody, here or elsewhere, reported an account."""

    report_id: int
