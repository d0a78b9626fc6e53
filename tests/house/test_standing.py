"""Whoever takes an account's right to read or act away ends what is open with its tokens."""

import ast
import re

from tests.house.source import files, name_of, strings, tree

# The text of a statement that writes one of these. Reading and comparing them is not meant.
WRITES = re.compile(r"\bSET\b(?:(?!\bWHERE\b|\bFROM\b).)*?\b(suspended_at|frozen_at) = ", re.DOTALL)
ENDS_ACCESS = re.compile(r"""publish\(\s*tx,\s*"kill"|end_all_access\(""")

# These write the standing of accounts elsewhere, which hold no tokens here.
ELSEWHERE = {"accounts/queries/remembered.py", "accounts/queries/servers.py"}


def writers() -> dict[str, set[str]]:
    """Functions by module of queries whose SQL writes either mark."""
    found: dict[str, set[str]] = {}
    for path in files():
        if "queries" not in path.parts:
            continue
        constants = {
            target.id
            for node in tree(path).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
            and any(
                WRITES.search(part.value)
                for part in ast.walk(node.value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
        }
        for node in tree(path).body:
            if isinstance(node, ast.AsyncFunctionDef):
                names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                if names & constants:
                    found.setdefault(name_of(path), set()).add(node.name)
    return found


def test_the_marks_are_written_in_the_accounts_room_only():
    strays = [
        name_of(path)
        for path in files()
        if not name_of(path).startswith("accounts/queries/")
        for text in strings(path)
        if WRITES.search(text)
    ]
    assert strays == []
    assert set(writers()) == {
        "accounts/queries/deleted.py",
        "accounts/queries/standing.py",
        *ELSEWHERE,
    }


def test_whoever_suspends_or_freezes_ends_what_is_open():
    functions = {
        function
        for module, names in writers().items()
        if module not in ELSEWHERE
        for function in names
    }
    assert functions == {"empty_member", "update_suspended", "update_restored", "update_frozen"}
    silent = []
    for path in files():
        if "queries" in path.parts:
            continue
        for node in tree(path).body:
            if not isinstance(node, ast.AsyncFunctionDef):
                continue
            called = {
                one.func.id
                for one in ast.walk(node)
                if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
            }
            # Restoring takes nothing away: every token was refused while it was suspended.
            if called & (functions - {"update_restored"}) and not ENDS_ACCESS.search(
                ast.unparse(node).replace("'", '"')
            ):
                silent.append(f"{name_of(path)}: {node.name}")
    assert silent == []
