"""The table of what is proven names tests that exist, and the page says what the files say."""

from tests.requirements.claims import missing_tests
from tests.requirements.coverage import PAGE, PROVEN, page, read_asked, read_claims


def test_every_claim_of_proof_names_tests_that_exist():
    assert missing_tests(read_claims(), proven=PROVEN) == []


def test_every_line_is_about_something_and_gives_a_reason():
    claims = read_claims()
    assert [c for c in claims if not c.id[:3].isupper() or (not c.tests and not c.reason)] == []
    assert len({one.id for one in read_asked()}) == len(read_asked())


def test_the_page_is_what_the_files_say():
    assert PAGE.read_text() == page(), "run: make requirements"
