"""Admin::DomainBlock, Admin::DomainAllow and Admin::ExistingDomainBlockError, as JSON.

Sources: entities `admin/domain_block`, `admin/domain_allow`, `admin/existing_domain_block_error`
of the Mastodon API 4.6.
"""

import hashlib
from typing import Any

from watertower.accounts.servers import WIRE, Policy
from watertower.api.shapes.times import moment


def domain_block_shape(policy: Policy) -> dict[str, Any]:
    """What was decided about a server, in Mastodon's words: limited is "silence"."""
    return {
        "id": str(policy.id),
        "domain": policy.domain,
        "digest": hashlib.sha256(policy.domain.encode()).hexdigest(),
        "created_at": policy.created_at and moment(policy.created_at),
        "severity": WIRE[policy.severity],
        "reject_media": policy.rejects_media,
        "reject_reports": policy.rejects_reports,
        "private_comment": policy.private_comment or None,
        "public_comment": policy.public_comment or None,
        "obfuscate": policy.obfuscates,
    }


def domain_allow_shape(policy: Policy) -> dict[str, Any]:
    """A line of the allow list."""
    return {
        "id": str(policy.allow_id),
        "domain": policy.domain,
        "created_at": policy.allowed_at and moment(policy.allowed_at),
    }


def existing_block_shape(policy: Policy) -> dict[str, Any]:
    """Why a server cannot be blocked again: it is."""
    return {
        "error": f"There is a decision about {policy.domain} that is as strict or stricter",
        "existing_domain_block": domain_block_shape(policy),
    }
