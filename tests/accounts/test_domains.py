"""Names of servers, from what people type."""

import pytest

from watertower.accounts.domains import domain_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.com", "example.com"),
        (" @Example.COM. ", "example.com"),
        ("https://example.com/about?x=1", "example.com"),
        ("localhost:4200", "localhost:4200"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("", None),
        ("a b", None),
        ("x..y", None),
        (".example", None),
        ("-x.example", None),
        ("a" * 64 + ".example", None),
        ("é" * 400, None),
        ("example.com:99999999", None),
        ("exa\x00mple.com", None),
    ],
)
def test_names(typed, kept):
    assert domain_name(typed) == kept
