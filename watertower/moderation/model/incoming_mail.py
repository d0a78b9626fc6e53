"""Reads a mail that somebody answered us with (RFC 5322): its token, its words, its files. No I/O."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html import unescape

LARGEST = 10 * 1024 * 1024  # bytes of a whole mail
MOST_FILES = 4
LARGEST_FILE = 5 * 1024 * 1024
FILE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain")
_TOKEN = re.compile(r"\+((?:appeal-)?[0-9a-f]{6,16}-[a-z2-7]{20,40})@", re.IGNORECASE)
# "On Monday, the team wrote:" in the languages that mail programs write it in, and the like.
_QUOTE_BEGINS = re.compile(
    r"^\s*(On .{5,200} wrote:|Am .{5,200} schrieb.*:|Le .{5,200} a écrit\s*:|El .{5,200} escribió:"
    r"|Il .{5,200} ha scritto:|Op .{5,200} schreef.*:|-{2,} ?(Original|Forwarded|Urspr).*-{2,}"
    r"|_{20,}|From: .+|Von: .+|De\s?: .+)\s*$"
)


@dataclass(frozen=True)
class MailFile:
    """A file that came with a mail."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class IncomingMail:
    """What we need of a mail."""

    message_id: str
    sender: str  # the bare address, lower case
    token: str | None
    text: str
    files: Sequence[MailFile]
    is_automatic: bool  # out of office, bounces: nobody said anything


def read_mail(raw: bytes) -> IncomingMail:
    """A mail as its parts. What cannot be read is empty; nothing raises."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  # by the policy
    addressed = [
        str(value)
        for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
        for value in message.get_all(name, [])
    ]
    found = next(
        (m.group(1).lower() for _, one in getaddresses(addressed) if (m := _TOKEN.search(one))),
        None,
    )
    auto = str(message.get("Auto-Submitted", "no")).lower()
    return IncomingMail(
        message_id=" ".join(str(message.get("Message-ID", "")).split())[:500],
        sender=parseaddr(str(message.get("From", "")))[1].lower(),
        token=found,
        text=without_quotes(_text_of(message)),
        files=_files_of(message),
        is_automatic=not auto.startswith("no")
        or str(message.get("Precedence", "")).lower() in {"bulk", "auto_reply", "junk"}
        or str(message.get("Return-Path", "")).strip() == "<>",
    )


def without_quotes(text: str) -> str:
    """The answer alone: from the line on that introduces the quotation, nothing is kept."""
    kept: list[str] = []
    lines = text.replace("\r\n", "\n").split("\n")
    for place, line in enumerate(lines):
        joined = f"{line} {lines[place + 1].strip()}" if place + 1 < len(lines) else line
        if _QUOTE_BEGINS.match(line) or _QUOTE_BEGINS.match(joined):
            break
        if line.rstrip() == "--":
            break  # the signature
        if not line.startswith(">"):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def _text_of(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, UnicodeError, ValueError, KeyError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if not isinstance(content, str):
        return ""
    return _plain(content) if part.get_content_type() == "text/html" else content


def _plain(html: str) -> str:
    broken = re.sub(r"(?i)<(br|/p|/div|/li)[^>]*>", "\n", html)
    bare = re.sub(r"(?is)<(script|style|head|blockquote).*?</\1>", "", broken)

    return unescape(re.sub(r"<[^>]+>", "", bare))


def _files_of(message: EmailMessage) -> list[MailFile]:
    found = []
    for part in message.iter_attachments():
        content_type = part.get_content_type()
        data = part.get_payload(decode=True)
        if content_type not in FILE_TYPES or not isinstance(data, bytes):
            continue
        if not data or len(data) > LARGEST_FILE:
            continue
        name = re.sub(r"[^\w.-]+", "-", part.get_filename() or "file")[-80:]
        found.append(MailFile(name, content_type, data))
        if len(found) == MOST_FILES:
            break
    return found
