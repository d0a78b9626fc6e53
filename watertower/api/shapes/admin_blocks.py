"""Admin::EmailDomainBlock, IpBlock and CanonicalEmailBlock, as JSON. Source: the API's 4.6."""

from datetime import UTC, datetime
from typing import Any

from watertower.accounts.who_may_knock import AddressBlock, EmailDomainBlock, IpBlock
from watertower.api.shapes.times import moment


def email_domain_block_shape(block: EmailDomainBlock) -> dict[str, Any]:
    """A blocked domain of e-mail addresses."""
    return {
        "id": str(block.id),
        "domain": block.domain,
        "created_at": moment(block.created_at),
        "history": [
            {
                "day": str(int(datetime.combine(d.day, datetime.min.time(), UTC).timestamp())),
                "accounts": str(d.networks),
                "uses": str(d.uses),
            }
            for d in block.history
        ],
        "allow_with_approval": block.allows_with_approval,
    }


def ip_block_shape(block: IpBlock) -> dict[str, Any]:
    """A blocked network."""
    return {
        "id": str(block.id),
        "ip": block.network,
        "severity": block.severity.value,
        "comment": block.comment,
        "created_at": moment(block.created_at),
        "expires_at": moment(block.expires_at),
    }


def canonical_email_block_shape(block: AddressBlock) -> dict[str, Any]:
    """A blocked address, known by its hash."""
    return {"id": str(block.id), "canonical_email_hash": block.hash}
