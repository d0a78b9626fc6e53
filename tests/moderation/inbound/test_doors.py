"""Nothing arrives past the rules."""

from tests.house.source import PACKAGE

ROUND_THE_RULES = (
    "statuses.actions.remember",
    "statuses.actions.remember_edit",
    "statuses.actions.forget ",
)
PUBLISHED_DIRECTLY = "statuses.actions.publish import"


def test_the_federation_door_writes_statuses_only_through_the_rules():
    found = [
        f"{path.name}: {name}"
        for path in (PACKAGE / "federation").rglob("*.py")
        for name in ROUND_THE_RULES
        if f"from watertower.{name}" in path.read_text()
    ]
    assert found == []


def test_apps_and_pages_publish_only_through_the_rules():
    lines = [
        line
        for door in ("api", "web")
        for path in (PACKAGE / door).rglob("*.py")
        for line in path.read_text().splitlines()
        if PUBLISHED_DIRECTLY in line and "publish" in line.split("import")[1].split(", ")
    ]
    assert lines == []
