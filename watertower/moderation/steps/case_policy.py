"""What this community decided about cases."""

import msgspec

from watertower.accounts.queries.site import set_site_setting, site_setting
from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.policy import CasePolicy

NAME = "case_policy"


async def case_policy(tx: Reading) -> CasePolicy:
    """The policy: the defaults, and what was decided otherwise."""
    decided: dict[str, object] = await site_setting(tx, NAME, {})
    return msgspec.convert(decided, CasePolicy)


async def set_case_policy(tx: Transaction, *, policy: CasePolicy) -> None:
    """Decide it anew."""
    await set_site_setting(tx, NAME, msgspec.to_builtins(policy))
