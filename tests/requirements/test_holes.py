"""Every hole of the table is spoken of, by tests that exist or by a reason."""

from tests.requirements.claims import missing_tests
from tests.requirements.holes import PAGE, TESTED, page, read_claims, read_holes


def test_every_hole_is_tested_or_has_a_reason():
    holes, claims = read_holes(), read_claims()
    assert sorted(one.id for one in holes) == sorted(claims)
    assert [c.id for c in claims.values() if not c.tests and not c.reason] == []


def test_every_test_that_is_named_exists():
    assert missing_tests(read_claims().values(), proven=TESTED) == []


def test_the_page_is_what_the_files_say():
    assert PAGE.read_text() == page(), "run: make security"
