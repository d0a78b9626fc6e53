"""The table of what is proven names tests that exist, and the page says what the files say."""

import ast

from tests.requirements.coverage import PAGE, PROVEN, ROOT, page, read_asked, read_claims


def test_every_claim_of_proof_names_tests_that_exist():
    missing = [
        f"{claim.file}: {claim.id}: {test}"
        for claim in read_claims()
        if claim.state == PROVEN
        for test in claim.tests or ("no test",)
        if not exists(test)
    ]
    assert missing == []


def test_every_line_is_about_something_and_gives_a_reason():
    claims = read_claims()
    assert [c for c in claims if not c.id[:3].isupper() or (not c.tests and not c.reason)] == []
    assert len({one.id for one in read_asked()}) == len(read_asked())


def test_the_page_is_what_the_files_say():
    assert PAGE.read_text() == page(), "run: make requirements"


def exists(node: str) -> bool:
    """Whether a test of this node id stands in its file; parameters are not looked at."""
    file, _, name = node.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    function = name.partition("[")[0].rpartition("::")[2]
    if not function:
        return True
    tree = ast.parse(path.read_text())
    return any(
        isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name == function
        for one in ast.walk(tree)
    )
