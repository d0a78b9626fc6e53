"""Addresses and networks that may not sign up here: what they are, and how they are written. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network


class Severity(StrEnum):
    """What a blocked network may not do; the words are Mastodon's."""

    APPROVAL = "sign_up_requires_approval"
    NO_SIGN_UP = "sign_up_block"
    NO_ACCESS = "no_access"


@dataclass(frozen=True)
class AttemptDay:
    """Sign-ups that were tried with a blocked domain on one day, from how many networks."""

    day: date
    uses: int
    networks: int


@dataclass(frozen=True)
class EmailDomainBlock:
    """A domain of e-mail addresses, with all below it. `history` is newest first, seven days."""

    id: int
    domain: str
    allows_with_approval: bool
    created_at: datetime
    history: Sequence[AttemptDay] = ()


@dataclass(frozen=True)
class IpBlock:
    """A network, as `192.0.2.0/24`."""

    id: int
    network: str
    severity: Severity
    comment: str
    expires_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class AddressBlock:
    """One e-mail address in all its spellings, known only by a hash."""

    id: int
    hash: str
    created_at: datetime


def canonical_hash(email: str) -> str:
    """The hash by which Mastodon's servers know an address, in hexadecimal.

    Case, dots of the local part and what follows a plus are left out of account.
    """
    local, _, domain = email.strip().lower().partition("@")
    local = local.replace(".", "").partition("+")[0]
    return hashlib.sha256(f"{local}@{domain}".encode("utf-8", "replace")).hexdigest()


def domains_above(email: str) -> list[str]:
    """The domain of an address and all above it, in lower case: `a.b.example`, `b.example` …."""
    labels = email.rpartition("@")[2].strip().lower().rstrip(".").split(".")
    return [".".join(labels[at:]) for at in range(len(labels))]


def network_of_text(text: str) -> Network | None:
    """An address or a network as a network; None if it is neither. Host bits are dropped."""
    try:
        found = ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    if isinstance(found, IPv6Network) and (mapped := found.network_address.ipv4_mapped):
        return ip_network(f"{mapped}/{max(0, found.prefixlen - 96)}", strict=False)
    return found
