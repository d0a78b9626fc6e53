"""Fills the community: the same actions as the apps call, at times spread over two weeks."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.update_profile import Pictures, update_profile
from watertower.accounts.passwords import hash_password
from watertower.accounts.profile import ProfileChange
from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.params import Upload
from watertower.cli.demo.people import Person
from watertower.cli.demo.pictures import avatar, landscape
from watertower.cli.demo.posts import PICTURES, POLLS, POSTS, REPLIES, WARNED
from watertower.media.actions.upload import upload
from watertower.statuses.access.statuses import status_for
from watertower.statuses.actions.boost import boost
from watertower.statuses.actions.favourite import favourite
from watertower.statuses.actions.publish import PublishedStatus, publish
from watertower.statuses.actions.vote import vote
from watertower.statuses.draft import Draft, DraftPoll
from watertower.statuses.model import Visibility

DAYS = 14
AT_ONCE = 6

Step = Callable[[], None]


class StoryClock:
    """The time of the story: moved forward from two weeks ago until today."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC) - timedelta(days=DAYS)

    def now(self) -> datetime:
        """The present moment of the story."""
        return self.at


class Filler:
    """Tells the story, step by step; `step` is called after each."""

    def __init__(
        self,
        ctx: Context,
        clock: StoryClock,
        community: Sequence[Person],
        *,
        password: str,
        step: Step,
    ) -> None:
        self._ctx = ctx
        self._clock = clock
        self._community = community
        self._password = password
        self._step = step
        self._rng = random.Random(1)  # noqa: S311  # a story
        self._ids: dict[str, int] = {}
        self._planned = self._plan()
        self.posts = len(self._planned)

    @property
    def people(self) -> Mapping[str, int]:
        """Account ids by username, in the order in which they came."""
        return {one.username: self._ids[one.username] for one in self._community}

    async def make_people(self) -> None:
        """The members, with profiles and pictures."""
        hashed = await hash_password(self._password)
        await _all(
            [lambda n=n, p=p: self._make(n, p, hashed) for n, p in enumerate(self._community)]  # type: ignore[misc]
        )

    async def _make(self, number: int, person: Person, hashed: str) -> None:
        account = await create_member(
            self._ctx,
            username=person.username,
            email=f"{person.username}@example.com",
            password=self._password,
            password_hash=hashed,
            confirmed=True,
            approved=True,
            by_operator=True,
        )
        self._ids[person.username] = account.id
        pictures = [avatar(number), landscape(number, size=(1500, 500), has_tower=number % 3 == 0)]
        try:
            await update_profile(
                self._ctx,
                account_id=account.id,
                change=ProfileChange(
                    display_name=person.name,
                    note=person.note,
                    fields=[
                        ("Here for", person.interest),
                        ("Pronouns", ("she/her", "he/him", "they/them")[number % 3]),
                    ],
                    is_discoverable=True,
                    is_indexable=True,
                ),
                pictures=Pictures(avatar=pictures[0], header=pictures[1]),
            )
        finally:
            _forget(pictures)
        self._step()

    async def make_follows(self) -> None:
        """Everybody follows about fifteen others, the first few most."""
        ids = list(self._ids.values())
        for who in ids:
            wanted = {ids[int(len(ids) * self._rng.random() ** 2)] for _ in range(22)}
            for whom in wanted - {who}:
                await follow(self._ctx, actor_id=who, target_id=whom)
            self._step()

    async def make_posts(self) -> None:
        """Everything that is said, in the order of time."""
        plan = self._planned
        # Replies take time as well: about three days of it.
        pause = timedelta(days=DAYS - 3) / (len(plan) + 1)
        for person, draft, picture in plan:
            self._clock.at += pause * self._rng.uniform(0.4, 1.6)
            self._clock.at = min(self._clock.at, datetime.now(UTC))
            await self._publish(person, draft, picture)
            self._step()

    def _plan(self) -> list[tuple[Person, Draft, str | None]]:
        found: list[tuple[Person, Draft, str | None]] = []
        for number, person in enumerate(self._community):
            texts = POSTS[person.interest]
            for turn in range(2):
                text = texts[(number // 10 + turn * 3) % len(texts)]
                picture = (
                    self._rng.choice(PICTURES)
                    if person.interest == "photos" or number % 9 == turn
                    else None
                )
                quiet = Visibility.UNLISTED if number % 13 == 5 else Visibility.PUBLIC
                found.append((person, Draft(text=text, visibility=quiet), picture))
        for number, (warning, text) in enumerate(WARNED):
            found.append(
                (self._someone(number * 11 + 3), Draft(text=text, content_warning=warning), None)
            )
        for number, (question, options) in enumerate(POLLS):
            poll = DraftPoll(
                options, expires_in_seconds=86_400 * (20 + number), is_multiple=number == 0
            )
            found.append((self._someone(number * 7 + 1), Draft(text=question, poll=poll), None))
        self._rng.shuffle(found)
        return found

    def _someone(self, number: int) -> Person:
        return self._community[number % len(self._community)]

    async def _publish(self, person: Person, draft: Draft, picture: str | None) -> None:
        author = self._ids[person.username]
        if picture is not None:
            file = landscape(self._rng.randrange(10**6), has_tower="tower" in picture)
            try:
                media_id = await upload(
                    self._ctx, account_id=author, file=file, description=picture
                )
            finally:
                _forget([file])
            draft = Draft(text=draft.text, visibility=draft.visibility, media_ids=(media_id,))
        made = await publish(self._ctx, author_id=author, draft=draft)
        if isinstance(made, PublishedStatus):
            await self._answer(made.status_id, author, draft)

    async def _answer(self, status_id: int, author: int, draft: Draft) -> None:
        """What others do about a post: reply, star, boost, vote; replies are replied to."""
        others = [i for i in self._ids.values() if i != author]
        for who in self._rng.sample(others, self._rng.randrange(0, 14)):
            await favourite(self._ctx, actor_id=who, status_id=status_id)
        if draft.visibility in {None, Visibility.PUBLIC}:
            for who in self._rng.sample(others, self._rng.randrange(0, 4)):
                await boost(self._ctx, actor_id=who, status_id=status_id)
        if draft.poll is not None:
            await self._vote(status_id, others, draft.poll)
        parent, names = status_id, {i: name for name, i in self._ids.items()}
        speaker = author
        for _ in range(self._rng.choice((0, 0, 1, 1, 2, 3, 5))):
            who = self._rng.choice(others) if speaker == author else author
            self._clock.at += timedelta(minutes=self._rng.randrange(2, 30))
            self._clock.at = min(self._clock.at, datetime.now(UTC))
            text = f"@{names[speaker]} {self._rng.choice(REPLIES)}"
            try:
                reply = await publish(
                    self._ctx, author_id=who, draft=Draft(text=text, in_reply_to_id=parent)
                )
            except Refused:
                return
            if isinstance(reply, PublishedStatus):
                parent, speaker = reply.status_id, who

    async def _vote(self, status_id: int, others: Sequence[int], poll: DraftPoll) -> None:
        async with self._ctx.reading() as tx:
            status = await status_for(tx, viewer_id=None, status_id=status_id)
        if status.poll_id is None:
            return
        for who in self._rng.sample(list(others), 24):
            choice = int(len(poll.options) * self._rng.random() ** 1.6)
            await vote(self._ctx, actor_id=who, poll_id=status.poll_id, choices=[choice])


def _forget(files: Sequence[Upload]) -> None:
    for file in files:
        file.path.unlink(missing_ok=True)


async def _all(makers: Sequence[Callable[[], Awaitable[None]]]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def run(make: Callable[[], Awaitable[None]]) -> None:
        async with gate:
            await make()

    await asyncio.gather(*(run(make) for make in makers))
