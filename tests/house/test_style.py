"""What the house style asks and a machine can check."""

import ast
import re
from collections import defaultdict

from tests.house.source import PACKAGE, ROOMS, ROOT, files, name_of, strings, tree
from watertower.api.routes import ROUTES as API_ROUTES
from watertower.base.events import Event
from watertower.reactions import REACTIONS

SQL = re.compile(
    r"^\s*(WITH\s+\w+\s+AS|SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|TRUNCATE\s)"
)
WRITES = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_]+)\b")
TABLE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)")


def test_sql_stands_only_in_queries_and_on_the_ground_floor():
    strays = [
        f"{name_of(path)}: {text.strip()[:60]}"
        for path in files()
        if "queries" not in path.parts and "base" not in path.parts
        for text in strings(path)
        if SQL.match(text)
    ]
    assert strays == []


# Follows are counted by accounts, posts by statuses; one row, because they are read together
# with every status that is shown and a second join would cost more than the rule is worth.
SHARED_TABLES = {"account_stats": {"accounts", "statuses"}}


def test_a_table_is_written_by_one_room():
    tables = {
        name
        for file in (PACKAGE / "migrations").glob("*.sql")
        for name in TABLE.findall(file.read_text())
    }
    writers = defaultdict(set)
    for path in files():
        if "queries" in path.parts:
            room = path.relative_to(PACKAGE).parts[0]
            for text in strings(path):
                for table in WRITES.findall(text):
                    if table in tables:
                        writers[table].add(room)
    assert {table: rooms for table, rooms in writers.items() if len(rooms) > 1} == SHARED_TABLES


def test_every_module_says_why_it_exists():
    assert [name_of(path) for path in files() if not ast.get_docstring(tree(path))] == []


def test_every_public_function_and_class_says_what_it_promises():
    silent = []
    for path in files():
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                if not node.name.startswith("_") and not ast.get_docstring(node):
                    silent.append(f"{name_of(path)}: {node.name}")
    assert silent == []


def test_no_file_tells_two_stories_in_more_than_300_lines():
    tables = {
        "api/openapi/entities.py",
        "api/routes.py",
        "base/settings.py",
        "base/text/languages.py",
        "reactions.py",
        "web/routes.py",
    }
    long = {
        name_of(path): count
        for path in files()
        if (count := len(path.read_text().splitlines())) > 300 and name_of(path) not in tables
    }
    assert long == {}


def test_every_event_is_on_the_page_of_reactions():
    for path in files():
        if path.name == "events.py" and path.parent.name in ROOMS:
            __import__(".".join(path.relative_to(ROOT).with_suffix("").parts))
    known = {event.__name__ for event in REACTIONS}
    announced = {event.__name__ for event in Event.__subclasses__()}
    assert announced - known == set()


def test_actions_begin_with_the_context_or_a_transaction():
    wrong = []
    for path in files():
        if path.parent.name != "actions":
            continue
        for node in tree(path).body:
            if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
                first = node.args.args[0].arg if node.args.args else ""
                if first not in {"ctx", "tx"} or len(node.args.args) > 1:
                    wrong.append(f"{name_of(path)}: {node.name}")
    assert wrong == []


def test_every_handler_is_in_the_table_once():
    handlers = defaultdict(list)
    for row in API_ROUTES:
        handlers[row.handler.__module__].append(row.handler.__name__)
    missing = []
    for path in files():
        folder = name_of(path)
        if not folder.startswith(("api/v1/", "api/v2/", "api/oauth/")):
            continue
        module = "watertower." + folder.removesuffix(".py").replace("/", ".")
        for node in tree(path).body:
            if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
                takes = [argument.arg for argument in node.args.args]
                if takes == ["request"] and node.name not in handlers[module]:
                    missing.append(f"{folder}: {node.name}")
    assert missing == []


def test_settings_are_described():
    from dataclasses import fields

    from watertower.base.settings import sections

    silent = [
        f"{name}.{f.name}"
        for name, cls in sections().items()
        for f in fields(cls)
        if len(f.metadata.get("says", "")) < 15
    ]
    assert silent == []


def test_jobs_take_the_context_and_arguments_by_name():
    from watertower.jobs import JOBS

    for job in JOBS.values():
        code = job.run.__code__
        assert code.co_argcount == 1, job.name


def test_nothing_speaks_of_the_workplace():
    # Spelt in parts, so that this file does not find itself.
    words = ["/work/" + "main", "/work/" + "shared", "hel" + "per session", "Clau" + "de"]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for pattern in ("watertower/**/*", "docs/**/*", "tests/**/*.py", "bench/**/*.py", "*.md")
        for path in ROOT.glob(pattern)
        if path.is_file() and path.suffix in {".py", ".md", ".sql", ".html", ".css", ".toml"}
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
