"""`make security`: writes the page, runs every named test, counts the holes that are tested."""

import sys

from tests.requirements.claims import NOT_YET, run_tests
from tests.requirements.holes import (
    NOT_APPLICABLE,
    PAGE,
    TESTED,
    counted,
    page,
    read_claims,
    read_holes,
)


def main() -> int:
    """0 if every named test holds."""
    PAGE.write_text(page())
    holes, claims = read_holes(), read_claims()
    status, failed = run_tests(claims.values())
    for one in holes:
        claim = claims.get(one.id)
        if claim is None or claim.state == NOT_YET:
            print(f"{one.id}  {claim.reason if claim else 'nobody has looked'}")
    for name in failed:
        print(f"failing: {name}")
    print(
        f"security: {counted(claims, TESTED)} of {len(holes)} rows tested, "
        f"{counted(claims, NOT_APPLICABLE)} not applicable, {len(failed)} failing"
    )
    return status


if __name__ == "__main__":
    sys.exit(main())
