"""The generated pages are made from what they describe."""

from pathlib import Path

import pytest

from watertower.base.read_settings import variables
from watertower.cli.configuration_page import configuration_page
from watertower.cli.docs_write import docs_write, generated_pages

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", sorted(generated_pages()))
def test_the_committed_page_is_the_generated_one(name):
    assert (DOCS / name).read_text(encoding="utf-8") == generated_pages()[name], "run: make docs"


def test_the_page_names_every_variable_once():
    page = configuration_page()

    assert {name: page.count(f"`{name}`") for name in variables()} == dict.fromkeys(variables(), 1)


def test_writing_makes_the_folders(tmp_path):
    docs_write(tmp_path / "docs")

    assert (tmp_path / "docs" / "map.md").is_file()
