"""`watertower config check` shows what is in effect and hides what is secret."""

import pytest

from watertower.base.read_settings import read_settings, variables
from watertower.cli.config_check import effective_lines, shown_value


def test_every_setting_has_a_line_and_changed_ones_a_star():
    lines = effective_lines(read_settings({"WATERTOWER_DOMAIN": "a.example"}))
    settings = [line for line in lines if line[:1] in {" ", "*"}]

    assert len(settings) == len(set(variables().values()))
    assert [line for line in settings if line.startswith("*")] == [
        '* domain = "a.example"  # WATERTOWER_DOMAIN'
    ]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("s3_secret_key", "abc", '"(hidden)"'),
        ("s3_access_key", "abc", '"(hidden)"'),
        ("s3_secret_key", "", '""'),
        ("url", "postgresql://u:p%40w@h:5/d?x=1", '"postgresql://u:(hidden)@h:5/d?x=1"'),
        ("url", "postgresql:///d?user=u&password=pw", '"postgresql:///d?user=u&password=(hidden)"'),
        ("url", "postgresql://u@h/d", '"postgresql://u@h/d"'),
        ("url", "postgresql://[u:pw@h/d", '"(hidden: not an address)"'),
        ("smtp_url", "smtps://u:p@h:465", '"smtps://u:(hidden)@h:465"'),
        ("https", None, "(unset)"),
        ("enabled", True, "true"),
        ("domain", 'a"b', '"a\\"b"'),
    ],
)
def test_secrets_are_hidden_and_the_rest_is_not(name, value, shown):
    assert shown_value(name, value) == shown
