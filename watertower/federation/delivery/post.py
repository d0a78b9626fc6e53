"""One delivery: a signed POST, in the other signature scheme too if the first is not liked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from watertower.base.context import Context
from watertower.base.http.answer import Answer
from watertower.base.http.errors import OutgoingFailed
from watertower.federation.model import ACTIVITY_JSON
from watertower.federation.signatures.sign import Scheme, SigningKey, signing_with

ANSWER_LIMIT_BYTES = 16_384
DEADLINE_SECONDS = 15.0
RETRIED_STATUSES = frozenset({401, 408, 425, 429})
LONGEST_WAIT_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Outcome:
    """What came of it. One of the three: it arrived, it is final, or it is to be tried again.

    `is_host` says that the whole host is in trouble, not this one activity.
    """

    arrived: bool = False
    is_final: bool = False
    is_host: bool = False
    error: str = ""
    scheme: Scheme | None = None
    wait_seconds: float | None = None


async def post(
    ctx: Context,
    *,
    url: str,
    body: bytes,
    key: SigningKey,
    scheme: str | None,
    headers: Mapping[str, str] | None = None,
) -> Outcome:
    """Deliver once. `scheme` is the one that the host last accepted, if that is known.

    `headers` go along, signed.

    Draft-cavage first, because everybody reads it; RFC 9421 when that is refused. Never raises
    for what the other side does.
    """
    preferred: Scheme = "rfc9421" if scheme == "rfc9421" else "cavage"
    other: Scheme = "cavage" if preferred == "rfc9421" else "rfc9421"
    try:
        answer = await _knock(ctx, url, body, key, preferred, headers)
        if answer.is_ok:
            return Outcome(arrived=True, scheme=preferred)
        # Some programs fall over the newer scheme with a 5xx of their own.
        if answer.status in {400, 401} or (preferred == "rfc9421" and answer.status >= 500):
            second = await _knock(ctx, url, body, key, other, headers)
            if second.is_ok:
                return Outcome(arrived=True, scheme=other)
    except OutgoingFailed as failed:
        return Outcome(is_final=failed.is_final, is_host=not failed.is_final, error=failed.outcome)
    return outcome_of(answer, now=ctx.now())


async def _knock(  # noqa: PLR0917  # the same six each time
    ctx: Context,
    url: str,
    body: bytes,
    key: SigningKey,
    scheme: Scheme,
    headers: Mapping[str, str] | None,
) -> Answer:
    return await ctx.http.request(
        "POST",
        url,
        headers={"Content-Type": ACTIVITY_JSON, **(headers or {})},
        body=body,
        limit_bytes=ANSWER_LIMIT_BYTES,
        sign=signing_with(key, now=ctx.now, scheme=scheme),
        deadline_seconds=DEADLINE_SECONDS,
        max_redirects=0,
    )


def outcome_of(answer: Answer, *, now: datetime) -> Outcome:
    """What an answer other than success means."""
    error = f"status {answer.status}"
    if answer.status in {429, 503}:
        return Outcome(is_host=True, error=error, wait_seconds=retry_after(answer, now=now))
    if answer.status in {502, 504, 521, 522, 523, 530}:
        return Outcome(is_host=True, error=error)
    is_refusal = answer.status < 500 and answer.status not in RETRIED_STATUSES
    return Outcome(is_final=is_refusal or answer.status == 501, error=error)


def retry_after(answer: Answer, *, now: datetime) -> float | None:
    """Seconds that the answer asks us to wait (RFC 9110, 10.2.3), at most a day."""
    value = answer.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return min(float(value), LONGEST_WAIT_SECONDS)
    try:
        seconds = (parsedate_to_datetime(value) - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)
