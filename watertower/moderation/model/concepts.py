"""Words that moderators have got wrong before: what they mean here, with examples of both sides.

Shown before somebody acts on a post that asks for money. The rule behind them: people asking for
help are members like others, and asking is not advertising.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """A contested word."""

    name: str
    means: str
    examples: Sequence[str]
    counter_examples: Sequence[str]


CONCEPTS = (
    Concept(
        "Mutual aid",
        "A person, or people who know them, ask their community for help with living: rent, food, "
        "medicine, a way out. It is welcome, also often, also from new accounts, also with a link "
        "to a payment page.",
        (
            "“I am short on rent until Friday, anything helps”, with a payment link, twice a day",
            "Somebody boosts and repeats the requests of a friend who was evicted",
        ),
        (
            "The same text from many accounts that never speak of anything else",
            "Somebody collects in the name of a person who says they were not asked",
        ),
    ),
    Concept(
        "Spam",
        "The same unasked message to many people, for the sender's profit or reach, by somebody "
        "who takes no part in anything else.",
        (
            "Forty accounts made today mention strangers with one link",
            "A shop answers every post that has a certain word",
        ),
        (
            "A person posts their own request for help every day",
            "An artist says now and then that commissions are open",
        ),
    ),
    Concept(
        "Organisational fundraising",
        "An organisation, not a person, collects regularly. It declares itself as one, follows the "
        "rules for its type of account, and is not mixed up with mutual aid.",
        ("A registered charity posts its yearly appeal from its declared account",),
        (
            "A neighbourhood kitchen of five people asks for rice",
            "A company asks customers to donate for its founder's hobby",
        ),
    ),
)
MUTUAL_AID_QUESTIONS = (
    "Who is asking, and for whom?",
    "Is there a person in need who would be worse off if this stopped?",
    "What, other than asking for money, breaks a rule?",
)
