"""An actor's document as an account, read with patience and cut to the limits.

Limits are Mastodon's (FEDERATION.md): display name 2048, note 20,000, 50 fields of 2047,
256 aliases and attribution domains, ten keys.
"""

import re
from typing import Any

from watertower.accounts.received import ReceivedAccount, ReceivedKey
from watertower.base.text.sanitise import safe_html
from watertower.federation.errors import DocumentRefused
from watertower.federation.model import ACTOR_TYPES, Document
from watertower.federation.reading import (
    address_of,
    as_list,
    first,
    flag_of,
    host_of,
    id_of,
    ids_of,
    kind_of,
    line_of,
    mapped_text,
    moment_of,
    objects_of,
    same_host,
    text_of,
    types_of,
    uri_of,
)
from watertower.federation.signatures.multikey import ed25519_pem

NAME_LIMIT, NOTE_LIMIT, FIELD_LIMIT, FIELDS_LIMIT = 2048, 20_000, 2047, 50
ALIASES_LIMIT, KEYS_LIMIT, DESCRIPTION_LIMIT, EMOJIS_LIMIT = 256, 10, 10_000, 100
PEM_LIMIT = 10_000
_SHORTCODE = re.compile(r":?([A-Za-z0-9_]{1,100}):?")
# A colon, because servers are named after their domain, which may have a port.
_USERNAME = re.compile(r"[^\s@/?#\x00-\x1f]{1,2048}")


def read_actor(
    document: Document, *, username: str, domain: str, proves_handle: bool
) -> ReceivedAccount:
    """The account that an actor's document describes. Its id is already proved.

    Raises DocumentRefused when it lacks what no actor can lack.
    """
    uri = id_of(document)
    kind = kind_of(document, ACTOR_TYPES)
    if uri is None or kind is None:
        raise DocumentRefused("Not an actor")
    inbox = uri_of(first(document.get("inbox")))
    if inbox is None or not same_host(inbox, uri):
        raise DocumentRefused("The actor has no inbox on its own host")
    endpoints = document.get("endpoints")
    shared = endpoints.get("sharedInbox") if isinstance(endpoints, dict) else None
    shared = uri_of(shared) or uri_of(document.get("sharedInbox")) or ""
    icon_url, icon_says = picture_of(document.get("icon"))
    image_url, image_says = picture_of(document.get("image"))
    note = mapped_text(document, "summary", NOTE_LIMIT)[0]
    page = address_of(document.get("url"))
    return ReceivedAccount(
        uri=uri,
        username=username,
        domain=domain,
        proves_handle=proves_handle,
        actor_type=kind,
        inbox_url=inbox,
        shared_inbox_url=shared if same_host(shared, uri) else "",
        outbox_url=_own(document.get("outbox"), uri),
        followers_url=_own(document.get("followers"), uri),
        following_url=_own(document.get("following"), uri),
        featured_url=_own(document.get("featured"), uri),
        url=page if page and same_host(page, uri) else uri,
        display_name=line_of(mapped_text(document, "name")[0], NAME_LIMIT),
        note_html=safe_html(note, limit=NOTE_LIMIT),
        fields=fields_of(document.get("attachment")),
        emojis=emoji_addresses(document.get("tag")),
        avatar_remote_url=icon_url,
        avatar_description=icon_says,
        header_remote_url=image_url,
        header_description=image_says,
        is_locked=flag_of(document.get("manuallyApprovesFollowers")) or False,
        is_discoverable=flag_of(document.get("discoverable")),
        is_indexable=flag_of(document.get("indexable")) or False,
        shows_media=flag_of(document.get("showMedia")) is not False,
        shows_media_replies=flag_of(document.get("showRepliesInMedia")) is not False,
        shows_featured=flag_of(document.get("showFeatured")) is not False,
        is_memorial=flag_of(document.get("memorial")) or False,
        is_suspended=flag_of(document.get("suspended")) or False,
        attribution_domains=[
            line_of(one, 255) for one in as_list(document.get("attributionDomains")) if line_of(one)
        ][:ALIASES_LIMIT],
        also_known_as=ids_of(document.get("alsoKnownAs"))[:ALIASES_LIMIT],
        created_at=moment_of(document.get("published")),
        keys=keys_of(document, uri),
    )


def handle_of(document: Document) -> tuple[str, str] | None:
    """(name, domain or '') as the actor says: `webfinger` (FEP-2c59), else preferredUsername."""
    declared = first(document.get("webfinger"))
    if isinstance(declared, str) and "@" in declared:
        name, _, domain = declared.removeprefix("acct:").removeprefix("@").rpartition("@")
        found = host_of(f"https://{domain}")
        if found is not None and _USERNAME.fullmatch(name):
            return name, found
    name = line_of(document.get("preferredUsername"))
    return (name, "") if _USERNAME.fullmatch(name) else None


def keys_of(document: Document, uri: str) -> list[ReceivedKey]:
    """The keys that belong to this actor: on its host, and owned by nobody else."""
    found = []
    for key in objects_of(document.get("publicKey"))[:KEYS_LIMIT]:
        key_id, pem = uri_of(key.get("id")), key.get("publicKeyPem")
        owner = id_of(key.get("owner")) or id_of(key.get("controller"))
        if (
            key_id is not None
            and isinstance(pem, str)
            and 0 < len(pem) <= PEM_LIMIT
            and "\0" not in pem
            and same_host(key_id, uri)
            and owner in {None, uri}
        ):
            found.append(ReceivedKey(key_id, pem))
    for key in objects_of(document.get("assertionMethod"))[:KEYS_LIMIT]:
        key_id, pem = uri_of(key.get("id")), ed25519_pem(key.get("publicKeyMultibase"))
        if (
            key_id is not None
            and pem is not None
            and key.get("type") == "Multikey"
            and same_host(key_id, uri)
            and id_of(key.get("controller")) in {None, uri}
        ):
            found.append(ReceivedKey(key_id, pem))
    return list({key.key_id: key for key in found}.values())


def fields_of(attachment: Any) -> list[dict[str, Any]]:
    """Profile fields: PropertyValue with name and value."""
    found = []
    for one in objects_of(attachment):
        name, value = line_of(one.get("name"), FIELD_LIMIT), text_of(one.get("value"), FIELD_LIMIT)
        if {"PropertyValue", "schema:PropertyValue"} & set(types_of(one)) and name:
            html = safe_html(value, limit=FIELD_LIMIT)
            found.append({"name": name, "value": html, "html": html, "verified_at": None})
    return found[:FIELDS_LIMIT]


def emoji_addresses(tags: Any) -> list[tuple[str, str, str | None]]:
    """Custom emoji among the tags: shortcode, address of the image, uri."""
    found: dict[str, tuple[str, str, str | None]] = {}
    for one in objects_of(tags):
        code = _SHORTCODE.fullmatch(line_of(one.get("name"), 102))
        icon = first(one.get("icon"))
        url = address_of(icon.get("url")) if isinstance(icon, dict) else uri_of(icon)
        if {"Emoji", "toot:Emoji"} & set(types_of(one)) and code and url:
            found[code[1]] = (code[1], url, id_of(one))
    return list(found.values())[:EMOJIS_LIMIT]


def picture_of(value: Any) -> tuple[str | None, str]:
    """Address and description of an Image, a Link, or a plain address; of several the first."""
    one = first(value)
    if isinstance(one, str):
        return uri_of(one), ""
    if not isinstance(one, dict):
        return None, ""
    url = uri_of(first(one.get("url"))) or address_of(one.get("url")) or uri_of(one.get("href"))
    says = line_of(one.get("summary") or one.get("name"), DESCRIPTION_LIMIT)
    return url, says


def _own(value: Any, uri: str) -> str:
    found = id_of(value)
    return found if found and same_host(found, uri) else ""
