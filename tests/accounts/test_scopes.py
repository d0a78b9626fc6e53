"""Which scopes include which."""

import pytest

from watertower.accounts.scopes import SCOPES, exceeding, includes, split_scopes, unknown_scopes
from watertower.api.routes import ROUTES


@pytest.mark.parametrize(
    ("held", "wanted", "answer"),
    [
        (["read"], "read", True),
        (["read"], "read:lists", True),
        (["read:lists"], "read", False),
        (["read:lists"], "read:lists", True),
        (["write"], "read:lists", False),
        (["admin:read"], "admin:read:reports", True),
        (["read"], "admin:read", False),
        (["follow"], "write:follows", True),
        (["follow"], "write:statuses", False),
        ([], "read", False),
    ],
)
def test_a_scope_includes_what_is_below_it(held, wanted, answer):
    assert includes(held, wanted) is answer


def test_a_list_of_scopes_is_split_at_white_space_without_doubles():
    assert split_scopes(" read  write\nread ") == ["read", "write"]
    assert split_scopes(None) == []


def test_unknown_and_exceeding_scopes_are_named():
    assert unknown_scopes(["read", "everything"]) == ["everything"]
    assert exceeding(["read"], ["read:lists", "write"]) == ["write"]


def test_every_scope_of_the_route_table_exists():
    asked = {scope for route in ROUTES for scope in route.rule.scopes}
    assert asked - set(SCOPES) - {"admin"} == set()
