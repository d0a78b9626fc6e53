"""Which Content-Types an answer may have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.http.content_types import is_acceptable

LD = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
DOCUMENTS = ("application/activity+json", LD)


@pytest.mark.parametrize(
    ("content_type", "accepted", "expected"),
    [
        ("application/activity+json", DOCUMENTS, True),
        ("Application/Activity+JSON; charset=utf-8", DOCUMENTS, True),
        (LD, DOCUMENTS, True),
        (LD + "; charset=utf-8", DOCUMENTS, True),
        (
            'application/ld+json; profile="a https://www.w3.org/ns/activitystreams b"',
            DOCUMENTS,
            True,
        ),
        ("application/ld+json", DOCUMENTS, False),
        ('application/ld+json; profile="https://www.w3.org/ns/other"', DOCUMENTS, False),
        ("application/json", DOCUMENTS, False),
        ("text/html", DOCUMENTS, False),
        ("", DOCUMENTS, False),
        ("nonsense", DOCUMENTS, False),
        ("image/png", ("image/*",), True),
        ("video/mp4", ("image/*",), False),
        ("imagesque/png", ("image/*",), False),
    ],
)
def test_a_type_is_acceptable_with_the_demanded_parameters(content_type, accepted, expected):
    assert is_acceptable(content_type, accepted) is expected


@given(st.text(st.characters(exclude_characters="\r\n\x00")) | st.from_regex(r"[a-z;=\"* /']*"))
def test_any_header_value_is_answered_with_yes_or_no(value):
    assert is_acceptable(value, DOCUMENTS) in (True, False)
    assert is_acceptable(value + "\udcff", DOCUMENTS) in (True, False)
