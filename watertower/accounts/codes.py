"""Six-digit codes (RFC 6238) and recovery codes. Pure rules."""

import hashlib
import secrets
from datetime import datetime
from urllib.parse import quote

import pyotp

STEP_SECONDS = 30
RECOVERY_CODES = 10


def new_secret() -> str:
    """160 random bits as base32, as authenticator apps take them."""
    return pyotp.random_base32()


def address_of(secret: str, *, username: str, domain: str) -> str:
    """The otpauth:// address that authenticator apps read from a QR code."""
    label = quote(f"{domain}:{username}@{domain}", safe="@:")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(domain)}"


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code this is: now, the one before or after; None if it is wrong."""
    digits = code.replace(" ", "")
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    step = int(now.timestamp()) // STEP_SECONDS
    right = [s for s in (step - 1, step, step + 1) if _equal(totp.generate_otp(s), digits)]
    return right[-1] if right else None


def new_recovery_codes() -> list[str]:
    """Ten codes of 80 bits, written in groups for paper."""
    made = [secrets.token_hex(10) for _ in range(RECOVERY_CODES)]
    return ["-".join(code[at : at + 5] for at in range(0, 20, 5)) for code in made]


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code; spaces, hyphens and capitals do not matter."""
    bare = "".join(c for c in code.lower() if c.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()


def _equal(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())
