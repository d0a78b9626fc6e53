"""Trusted reporters: a direct line, and nothing else. No I/O."""

from datetime import timedelta

LEAST_GOOD_REPORTS = 5
LOOKED_BACK = timedelta(days=365)
INVITATION_LASTS = timedelta(days=30)
RENEWED_EVERY = timedelta(days=365)
RENEWAL_OPENS = timedelta(days=36)  # before the year is over: at nine tenths
UNFOUNDED_AT_MOST = 3

TERMS = """\
You get a direct line to the moderators who are on duty. When somebody is in danger now, tick
“time-critical” on your report: two of them are called at once. Nothing else changes: no tools, no
look into cases, no power over anybody, and no duty to report anything.

Reports are judged like all others. You may pause or stop whenever you like, without a reason. The
team asks you once a year whether you want to go on, and may end this, with a reason.
"""
TRAINING = (
    (
        "What helps",
        (
            "Attach the posts, choose the category and rule, and say in a sentence what happened to "
            "whom. A thread tells more than one post of it."
        ),
    ),
    (
        "What is time-critical",
        (
            "Somebody is about to be hurt, hunted or exposed, or it is happening now. Not: somebody is "
            "wrong, rude, or breaks a rule that can wait until the morning."
        ),
    ),
    (
        "What to look after",
        (
            "Yourself first. Do not go looking for harm, do not argue with people you report, and do "
            "not keep copies of what hurts to look at."
        ),
    ),
)
