"""Reads docs/security: holes that programs like ours had (rows.tsv), and what proves we do not."""

from dataclasses import dataclass

from tests.requirements.claims import NOT_YET, ROOT, Claim
from tests.requirements.claims import read_claims as read_claims_of

FOLDER = ROOT / "docs" / "security"
PAGE = ROOT / "docs" / "security.md"
TESTED, NOT_APPLICABLE = "tested", "not applicable"

HEAD = """# Holes that others had, and the tests that keep us from them

Every hole that became known in Mastodon, Misskey, Pleroma, Lemmy and their kin, and in libraries they
stand on: with the tests that fail if this server had it, or the reason why it cannot have it, or why it
is not proved yet. Written by `make security` from the files in `security/`; the same command runs the
tests. A new hole elsewhere is a new line in `rows.tsv` and one in `claims.tsv`.

To report one of ours, write to the contact address of the project and not into a public issue.

"""


@dataclass(frozen=True)
class Hole:
    """Its name (an advisory, a CVE, a change), whose it was, its kind, and what it was."""

    id: str
    software: str
    kind: str
    text: str


def read_holes() -> list[Hole]:
    """All of them, in order."""
    lines = (FOLDER / "rows.tsv").read_text().splitlines()[1:]
    return [Hole(*line.split("\t")) for line in lines]


def read_claims() -> dict[str, Claim]:
    """What is said of each hole. Raises ValueError for a line of another state, or a second one."""
    claims = read_claims_of(
        [FOLDER / "claims.tsv"], proven=TESTED, others=[NOT_APPLICABLE, NOT_YET]
    )
    found = {claim.id: claim for claim in claims}
    if len(found) != len(claims):
        raise ValueError("claims.tsv: two lines about one hole")
    return found


def counted(claims: dict[str, Claim], state: str) -> int:
    """How many holes that stand in the table are in this state."""
    return sum(one.id in claims and claims[one.id].state == state for one in read_holes())


def page() -> str:
    """docs/security.md."""
    holes, claims = read_holes(), read_claims()
    lines = [
        HEAD,
        f"{counted(claims, TESTED)} of {len(holes)} rows are tested, ",
        f"{counted(claims, NOT_APPLICABLE)} cannot apply, ",
        f"{counted(claims, NOT_YET)} are not yet proved.\n\n",
        "| hole | whose | kind | what it was | proof |\n| --- | --- | --- | --- | --- |\n",
    ]
    for one in holes:
        text = one.text.replace("|", "/")
        said = claims[one.id].shown() if one.id in claims else "not yet: nobody has looked"
        lines.append(f"| {one.id} | {one.software} | {one.kind} | {text} | {said} |\n")
    return "".join(lines)
