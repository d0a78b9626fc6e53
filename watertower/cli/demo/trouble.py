"""What moderators of the demonstration find on their desk: reports, a freeze, applicants."""

from collections.abc import Mapping

from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_named, set_role
from watertower.base.context import Context
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.actions.freeze.freeze import freeze
from watertower.moderation.model.freeze import NewFreeze, NewTask, TaskKind
from watertower.moderation.model.reports import Complaint
from watertower.statuses.actions.publish import PublishedStatus, publish
from watertower.statuses.draft import Draft

MODERATOR = "Head moderator"

UNKIND = "People who cannot bake should not be allowed near an oven. You know who you are."
SELLING = "Lose weight with garden soil! Link in my profile, only today, only here. #garden #bread"
SHOUTING = "STOP POSTING ABOUT CATS IN MY TIMELINE. I HAVE SAID IT TEN TIMES."

REPORTS = (
    ("unkind", "violation", "This is about me, and it is the third time this week."),
    ("unkind", "other", "Not okay."),
    ("selling", "spam", "The same text under every post about gardens."),
    ("selling", "spam", "spam"),
    ("shouting", "other", "He shouts at people who post pictures of their cat."),
)
APPLICANTS = (
    ("petra", "I moved here from another town and would like to talk about bread with neighbours."),
    ("quentin", "A friend, Ada, told me about this place. I take pictures of clouds."),
)


async def make_trouble(ctx: Context, people: Mapping[str, int], *, password: str) -> str:
    """Report some, freeze one, let two wait at the door; answers who moderates."""
    names = list(people)
    moderator, reporters, troubled = names[0], names[1:6], names[-3:]
    login = await login_named(ctx, name_or_email=moderator)
    await set_role(ctx, login_id=login.id, role_name=MODERATOR)
    said = {
        story: (who, await _say(ctx, people[who], text))
        for story, who, text in zip(
            ("unkind", "selling", "shouting"),
            troubled,
            (UNKIND, SELLING, SHOUTING),
            strict=True,
        )
    }
    for reporter, (story, category, comment) in zip(reporters, REPORTS, strict=True):
        who, status_id = said[story]
        await file_report(
            ctx,
            reporter_id=people[reporter],
            complaint=Complaint(
                target_account_id=people[who],
                category=category,
                comment=comment,
                status_ids=[status_id],
            ),
        )
    who, status_id = said["shouting"]
    await freeze(
        ctx,
        actor_id=people[moderator],
        wanted=NewFreeze(
            account_id=people[who],
            message="Please take this post back and have a look at how we disagree here.",
            status_ids=[status_id],
            tasks=[
                NewTask(TaskKind.DELETE_STATUS, status_id=status_id),
                NewTask(
                    TaskKind.READ,
                    text="How we disagree",
                    url=f"{ctx.settings.base_url}/about",
                    minutes=5,
                ),
            ],
        ),
    )
    for username, reason in APPLICANTS:
        await create_member(
            ctx, username=username, email=f"{username}@example.com", password=password,
            confirmed=True, approved=False, reason=reason,
        )  # fmt: skip
    return moderator


async def _say(ctx: Context, author_id: int, text: str) -> int:
    made = await publish(ctx, author_id=author_id, draft=Draft(text=text))
    assert isinstance(made, PublishedStatus)  # noqa: S101  # it has no time of its own
    return made.status_id
