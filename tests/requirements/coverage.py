"""Reads docs/moderation/coverage: what is asked (rows.tsv), and for each subject what proves it."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.requirements.claims import NOT_YET, ROOT, Claim
from tests.requirements.claims import read_claims as read_claims_of

FOLDER = ROOT / "docs" / "moderation" / "coverage"
PAGE = ROOT / "docs" / "moderation" / "coverage.md"
PROVEN = "proven"

HEAD = """# What is asked of the desk, and what proves it

Every requirement of moderation, of federation policy, of accounts and of the team that is a must, with the
tests that prove it or the reason why not yet. Written by `make requirements` from the files in
`coverage/`, one for each subject; the same command runs the tests.

"""


@dataclass(frozen=True)
class Asked:
    """A requirement: its id, M or M† (the mechanism is ours), and its sentence."""

    id: str
    level: str
    text: str


def read_asked() -> list[Asked]:
    """All requirements, in order."""
    lines = (FOLDER / "rows.tsv").read_text().splitlines()[1:]
    return [Asked(*line.split("\t")) for line in lines]


def read_claims() -> list[Claim]:
    """All lines of all subjects. Raises ValueError for a line that is neither."""
    files = [file for file in sorted(FOLDER.glob("*.tsv")) if file.name != "rows.tsv"]
    return read_claims_of(files, proven=PROVEN, others=[NOT_YET])


def together(asked: Iterable[Asked], claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """The claims of each requirement that is asked, none for those nobody speaks of."""
    found: dict[str, list[Claim]] = {one.id: [] for one in asked}
    for claim in claims:
        if claim.id in found:
            found[claim.id].append(claim)
    return found


def is_proven(claims: list[Claim]) -> bool:
    """Whether somebody proves it and nobody says that a part is missing."""
    return bool(claims) and all(claim.state == PROVEN for claim in claims)


def page() -> str:
    """docs/moderation/coverage.md."""
    asked = read_asked()
    claims = together(asked, read_claims())
    proven = sum(is_proven(found) for found in claims.values())
    lines = [HEAD, f"{proven} of {len(asked)} rows are proven.\n\n"]
    lines += ["| id | | what is asked | proof |\n", "| --- | --- | --- | --- |\n"]
    for one in asked:
        said = "<br>".join(claim.shown() for claim in claims[one.id])
        said = said or "not yet: nobody has begun"
        lines.append(f"| {one.id} | {one.level} | {one.text} | {said} |\n")
    return "".join(lines)
