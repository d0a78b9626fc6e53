"""The covenant and the training as they are shipped: version 1. Later versions are rows."""

from watertower.moderation.model.team import SHIPPED, Paper

COVENANT = "covenant"

_MODERATORS_PROMISE = """\
1. The safety of people comes before the comfort of a discussion.
2. I look for what happened to whom before I look for the rule.
3. I write down how I understand a case before I decide it, and I change my mind in writing too.
4. I do the least that protects people, and I say what would undo it.
5. I never act on a case in which I have a part; I step aside and say so.
6. What I see in a case stays in it. I look only at what the case needs.
7. I speak for the team, kindly and plainly, and never alone in my own name.
8. No rank, friendship or gift changes what I decide. Staff are members like all others.
9. I ask for a second opinion when I am sure, and always when a rule asks for it.
10. I listen to those whom a thing harms, and do not ask them to prove that it hurts.
11. When I was wrong I say so, put it right and help to change what led to it.
12. I rest, I say what I will not look at, and I hand on what I cannot carry.
13. I leave in good order: my cases, my accesses and my promises handed over.
"""
_KEEPERS_PROMISE = """\
1. I touch what the work needs and nothing else; data of members is not mine to read.
2. I never look into reports, evidence or appeals, whatever the database would let me do.
3. I write down what I change, so that somebody else can undo it.
4. Secrets stay where they are kept; two people can always reach them.
5. When something breaks I say so before I am asked.
6. I leave in good order: my accesses handed over and ended.
"""
_MODULES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "moderation": (
        (
            "rules",
            "The rules, and why they are there",
            (
                "Read the rules on the page About. For each: whom does it protect, what is the mildest "
                "case you can think of, what the worst? Rules marked as global bind people elsewhere "
                "only as a ground for us to act; the others bind members."
            ),
        ),
        (
            "account-policies",
            "Kinds of accounts",
            (
                "Bots, organisations and other special accounts promised something when they were "
                "approved. The first answer to a breach is a warning that quotes the promise."
            ),
        ),
        (
            "tools",
            "The desk",
            (
                "Every look at something private is written down with its case. Actions have a reason, "
                "may end by the clock, and can be undone exactly. Practise before you act."
            ),
        ),
        (
            "privacy",
            "What you see stays here",
            (
                "Nobody outside learns who reported, what was decided about whom, or what a private "
                "post said. To third parties only that an action of some kind was taken."
            ),
        ),
        (
            "self-care",
            "Caring for yourself and each other",
            (
                "Media is blurred and grey for your sake. Set a daily number, say what you will not "
                "look at, take time off. Say when something stays with you. Nobody counts who did more."
            ),
        ),
    ),
    "infrastructure": (
        (
            "machines",
            "What runs where",
            (
                "Know where the database, the files, the mail and the backups are, and how each is "
                "brought back. Try a backup before you need one."
            ),
        ),
        (
            "privacy",
            "What is not yours to read",
            (
                "Cases, evidence and appeals belong to moderation. If keeping the machines shows them "
                "to you, close the window and tell both leads."
            ),
        ),
    ),
}


def shipped_papers(team: str) -> tuple[Paper, ...]:
    """The covenant first, then the training of a team; a team of your own begins with a covenant."""
    promise = _KEEPERS_PROMISE if team != "moderation" else _MODERATORS_PROMISE
    title = "Moderator covenant" if team == "moderation" else "Covenant of the team"
    if team not in SHIPPED:
        promise = (
            "I do what the team is there for, I write down what I do, and I leave in good order."
        )
    papers = [Paper(team, COVENANT, 1, title, promise, None)]
    papers += [
        Paper(team, name, 1, words, text, None) for name, words, text in _MODULES.get(team, ())
    ]
    return tuple(papers)


def merged(shipped: tuple[Paper, ...], published: list[Paper]) -> list[Paper]:
    """The newest version of each paper, the covenant first."""
    newest = {paper.name: paper for paper in shipped}
    for paper in published:
        if paper.name not in newest or paper.version > newest[paper.name].version:
            newest[paper.name] = paper
    return list(newest.values())
