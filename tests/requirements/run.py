"""`make requirements`: writes the page, runs every named test, counts what is proven."""

import sys

from tests.requirements.claims import run_tests
from tests.requirements.coverage import PAGE, is_proven, page, read_asked, read_claims, together


def main() -> int:
    """0 if every claim of proof holds."""
    PAGE.write_text(page())
    asked = read_asked()
    claims = together(asked, read_claims())
    status, failed = run_tests(claim for found in claims.values() for claim in found)
    for one in asked:
        if not is_proven(claims[one.id]):
            reasons = [claim.reason for claim in claims[one.id] if claim.reason]
            print(f"{one.id}  {'; '.join(reasons) or 'nobody has begun'}")
    proven = sum(is_proven(found) for found in claims.values())
    for name in failed:
        print(f"failing: {name}")
    print(f"requirements: {proven} of {len(asked)} rows proven")
    return status


if __name__ == "__main__":
    sys.exit(main())
