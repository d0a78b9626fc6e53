"""What a rule matches, and what it costs. No I/O."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from watertower.moderation.errors.inbound import RuleInvalid
from watertower.moderation.model.inbound import Arrival, Conditions, Effects, Origin, Writer
from watertower.moderation.rules.inbound import check_rule, has_text, matches_writer, may_match
from watertower.moderation.rules.shapes import hosts_in, is_near, pile_of, sketches_of

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def an_arrival(**more):
    values = {
        "text": "Buy Cheap watches now at https://shop.example/w?1",
        "hosts": frozenset({"shop.example"}),
        "domain": "far.example",
        "language": "en-GB",
        "media_hashes": frozenset(),
        "mentions_count": 3,
        "has_media": False,
    }
    return Arrival(**{**values, **more})


@pytest.mark.parametrize(
    ("conditions", "matches"),
    [
        (Conditions(texts=("cheap watches",)), True),
        (Conditions(texts=("buy*now",)), True),
        (Conditions(texts=("now*buy",)), False),
        (Conditions(texts=("ｃｈｅａｐ WÁTCHES",)), True),
        (Conditions(texts=("roses", "watches")), True),
        (Conditions(link_hosts=("shop.example",)), True),
        (Conditions(link_hosts=("*.example",)), True),
        (Conditions(link_hosts=("op.example",)), False),
        (Conditions(domains=("far.example",)), True),
        (Conditions(domains=("*.far.example",)), True),
        (Conditions(domains=("r.example",)), False),
        (Conditions(languages=("en",)), True),
        (Conditions(languages=("de",)), False),
        (Conditions(mentions_at_least=3), True),
        (Conditions(mentions_at_least=4), False),
        (Conditions(mentions_at_least=1, has_media=True), False),
        (Conditions(mentions_at_least=1, has_link=True), True),
        (Conditions(media_hashes=("LEHV6nWB",)), False),
        (Conditions(texts=("watches",), domains=("other.example",)), False),
        (Conditions(texts=("watches",), origin=Origin.LOCAL), False),
        (Conditions(texts=("watches",), origin=Origin.ANY), True),
    ],
)
def test_everything_that_is_given_has_to_hold(conditions, matches):
    assert may_match(conditions, an_arrival()) is matches


def test_the_account_is_judged_by_age_followers_and_software():
    writer = Writer(NOW - timedelta(days=3), 0, "Mastodon")

    assert matches_writer(Conditions(younger_than_days=4), writer, NOW)
    assert not matches_writer(Conditions(younger_than_days=3 - 1), writer, NOW)
    assert matches_writer(Conditions(has_no_followers_here=True), writer, NOW)
    assert not matches_writer(
        Conditions(has_no_followers_here=True), Writer(NOW, 1, "mastodon"), NOW
    )
    assert matches_writer(Conditions(software=("mastodon",)), writer, NOW)
    assert not matches_writer(Conditions(software=("lemmy",)), writer, NOW)


@pytest.mark.parametrize(
    ("conditions", "effects"),
    [
        (Conditions(), Effects(hold=True)),
        (Conditions(has_media=True), Effects(hold=True)),
        (Conditions(texts=("spam",)), Effects()),
        (Conditions(texts=("*a*",)), Effects(hold=True)),
        (Conditions(texts=("spam",)), Effects(hold=True, limit=True)),
        (Conditions(mentions_at_least=0), Effects(hold=True)),
        (Conditions(texts=("spam",) * 21), Effects(hold=True)),
        (Conditions(texts=("x" * 201,)), Effects(hold=True)),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(conditions, effects):
    with pytest.raises(RuleInvalid):
        check_rule(conditions, effects)


def test_no_pattern_is_slow():
    text = "a" * 100_000
    pattern = "*".join(["a" * 8] * 22) + "b"
    began = time.process_time()
    assert not has_text(text, pattern)
    assert time.process_time() - began < 0.1


def test_near_identical_texts_have_one_shape_and_others_do_not():
    random.seed(7)
    base = "Hello friend I have a great offer for you today, click the link and win a free phone"
    spam = [f"@user{n}@far.example {base} {n} https://win{n % 3}.example/{n}!" for n in range(50)]
    shapes = [sketches_of(text) for text in spam]
    near = sum(is_near(shapes[0], shape) for shape in shapes)
    assert near >= 45
    other = sketches_of(
        "Today I baked bread with my friend and it was a great success for both of us"
    )
    assert not is_near(shapes[0], other)
    assert sketches_of("Good morning!") == []
    assert pile_of("Good morning!") == pile_of("good  MORNING!".replace("  ", " "))


def test_hosts_are_compared_without_www_port_and_case():
    assert hosts_in("See https://WWW.Shop.Example:443/x and http://a@b.example") == {
        "shop.example",
        "b.example",
    }
