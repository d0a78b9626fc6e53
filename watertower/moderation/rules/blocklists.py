"""Read and write blocklists. Pure: the same bytes are always the same list.

Mastodon's CSV has a first line of names with or without `#`; a plain list of domains is read as
one of suspended servers. GoToSocial's JSON is an array of domain permissions. FIRES is read by
the names that its reference server uses; its protocol text is not final.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from watertower.accounts.domains import domain_name
from watertower.accounts.servers import WIRE, Severity, obfuscated
from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_text
from watertower.moderation.model.blocklists import MOST_ENTRIES, Listed

SEVERITY_OF: Mapping[str, Severity] = {
    **{wire: severity for severity, wire in WIRE.items()},  # type: ignore[misc]
    "limit": "limit",
    "": "suspend",
    # FIRES
    "drop": "suspend",
    "reject": "suspend",
    "filter": "limit",
    "accept": "noop",
}
TRUE = frozenset({"true", "1", "yes", "t"})
LONGEST = 2000


class NotABlocklist(Invalid):
    """The file is none of the known formats."""

    says = "Validation failed: This is none of the formats of blocklists that are known here"


def read_blocklist(body: bytes) -> tuple[str, list[Listed], list[str]]:
    """(format, lines, what could not be read). Raises NotABlocklist.

    Each domain once: of several lines the last counts, a retraction too.
    """
    text = clean_text(body.decode("utf-8-sig", "replace"))
    if text.lstrip()[:1] in {"[", "{"}:
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise NotABlocklist from error
        kind, rows = _json_rows(document)
    else:
        kind, rows = "mastodon_csv", _csv_rows(text)
    found: dict[str, Listed] = {}
    unread: list[str] = []
    for name, listed in rows:
        if listed is None:
            unread.append(name[:200])
        else:
            found[listed.domain] = listed
        if len(found) > MOST_ENTRIES:
            raise NotABlocklist
    if not found:
        raise NotABlocklist
    return kind, list(found.values()), unread


def _csv_rows(text: str) -> Iterable[tuple[str, Listed | None]]:
    rows = csv.reader(io.StringIO(text))
    names = ["domain"]
    for n, row in enumerate(rows):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if n == 0 and cells[0].lstrip("#").lower() == "domain":
            names = [cell.lstrip("#").lower() for cell in cells]
            continue
        if cells[0].startswith("#"):
            continue
        values = dict(zip(names, cells, strict=False))
        yield (
            cells[0],
            _listed(
                values.get("domain", ""),
                values.get("severity", "suspend"),
                rejects_media=values.get("reject_media", "").lower() in TRUE,
                rejects_reports=values.get("reject_reports", "").lower() in TRUE,
                obfuscates=values.get("obfuscate", "").lower() in TRUE,
                public=values.get("public_comment", ""),
                private=values.get("private_comment", ""),
                source=values.get("source", ""),
            ),
        )


def _json_rows(document: Any) -> tuple[str, Iterable[tuple[str, Listed | None]]]:
    if isinstance(document, list):
        return "gotosocial_json", (_gotosocial(one) for one in document)
    if isinstance(document, dict):
        for name in ("orderedItems", "items", "changes", "data", "entities"):
            if isinstance(document.get(name), list):
                return "fires", (_fires(one) for one in document[name])
    raise NotABlocklist


def _gotosocial(one: Any) -> tuple[str, Listed | None]:
    if not isinstance(one, dict):
        return str(one), None
    domain = one.get("domain")
    if isinstance(domain, dict):
        domain = domain.get("domain")
    return str(domain), _listed(
        domain,
        one.get("severity", "suspend"),
        obfuscates=one.get("obfuscate") is True,
        public=one.get("public_comment") or one.get("comment"),
        private=one.get("private_comment"),
        source=one.get("subscription_uri") or one.get("created_by"),
    )


def _fires(one: Any) -> tuple[str, Listed | None]:
    if not isinstance(one, dict):
        return str(one), None
    kind = str(one.get("type", "")).lower()
    name = one.get("entityKey") or one.get("entity_key") or one.get("domain")
    about = str(one.get("entityKind") or one.get("entity_kind") or "domain").lower()
    if about != "domain":
        return str(name), None
    policy = one.get("recommendedPolicy") or one.get("recommended_policy") or ""
    labels = one.get("labels")
    words = ", ".join(str(label) for label in labels) if isinstance(labels, list) else ""
    return str(name), _listed(
        name,
        "accept" if kind == "advisory" and not policy else policy or "drop",
        public=one.get("comment"),
        private=words,
        source=one.get("id") or one.get("url"),
        is_retracted=kind in {"retraction", "tombstone"},
    )


def _listed(
    domain: Any,
    severity: Any,
    *,
    rejects_media: bool = False,
    rejects_reports: bool = False,
    obfuscates: bool = False,
    public: Any = "",
    private: Any = "",
    source: Any = "",
    is_retracted: bool = False,
) -> Listed | None:
    name = domain_name(domain.removeprefix("*.")) if isinstance(domain, str) else None
    found = SEVERITY_OF.get(str(severity).strip().lower())
    if name is None or found is None or "." not in name:
        return None
    return Listed(
        name,
        found,
        rejects_media,
        rejects_reports,
        obfuscates,
        _words(public),
        _words(private),
        _words(source),
        is_retracted,
    )


def _words(value: Any) -> str:
    return value.strip()[:LONGEST] if isinstance(value, str) else ""


def write_csv(lines: Sequence[Listed], *, with_reasons: bool) -> bytes:
    """As Mastodon imports it. Reasons are in every line or in none."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(
        [
            "#domain", "#severity", "#reject_media", "#reject_reports", "#public_comment",
            "#obfuscate",
        ]
    )  # fmt: skip
    for one in lines:
        rows.writerow(
            [
                one.domain,
                WIRE[one.severity],
                str(one.rejects_media).lower(),
                str(one.rejects_reports).lower(),
                one.public_comment if with_reasons else "",
                str(one.obfuscates).lower(),
            ]
        )
    return out.getvalue().encode()


def write_gotosocial(lines: Sequence[Listed], *, with_reasons: bool) -> bytes:
    """As GoToSocial imports it: suspended servers only, it has no other kind."""
    return json.dumps(
        [
            {
                "domain": one.domain,
                "obfuscate": one.obfuscates,
                "public_comment": one.public_comment if with_reasons else "",
            }
            for one in lines
            if one.severity == "suspend"
        ],
        indent=1,
    ).encode()


def write_fires(lines: Sequence[Listed], *, with_reasons: bool) -> bytes:
    """As recommendations; what others make of them is theirs to decide."""
    policy = {"suspend": "drop", "limit": "filter", "noop": "accept"}
    return json.dumps(
        {
            "type": "Collection",
            "totalItems": len(lines),
            "items": [
                {
                    "type": "Recommendation",
                    "entityKind": "domain",
                    "entityKey": one.domain,
                    "recommendedPolicy": policy[one.severity],
                    "comment": one.public_comment if with_reasons else "",
                }
                for one in lines
            ],
        },
        indent=1,
    ).encode()


WRITERS = {
    "mastodon_csv": write_csv,
    "gotosocial_json": write_gotosocial,
    "fires": write_fires,
}


def shown_to_others(lines: Iterable[Listed]) -> list[Listed]:
    """The lines with the names starred out that are so on the public list."""
    return [
        Listed(
            obfuscated(one.domain) if one.obfuscates else one.domain,
            one.severity,
            one.rejects_media,
            one.rejects_reports,
            one.obfuscates,
            one.public_comment,
        )
        for one in lines
    ]
