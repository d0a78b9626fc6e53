"""The page of settings is made from the settings."""

from pathlib import Path

from watertower.base.read_settings import variables
from watertower.cli.configuration_page import configuration_page, write_configuration_page

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_committed_page_is_the_generated_one():
    assert PAGE.read_text(encoding="utf-8") == configuration_page(), "run: make docs"


def test_the_page_names_every_variable_once():
    page = configuration_page()

    assert {name: page.count(f"`{name}`") for name in variables()} == dict.fromkeys(variables(), 1)


def test_writing_makes_the_folder(tmp_path):
    file = write_configuration_page(tmp_path / "docs")

    assert file.read_text(encoding="utf-8") == configuration_page()
