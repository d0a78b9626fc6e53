"""The desk's pages of freezes, as a moderator's browser sends them."""

from datetime import timedelta

from tests.moderation.freeze.test_named import run_clock
from tests.moderation.freeze.world import HEAD, MODERATOR, a_world, frozen_world
from tests.web.visit import Visit
from tests.world import a_status, an_account
from watertower.accounts.actions.sign_in import open_session
from watertower.moderation.steps.cases import open_case
from watertower.statuses.model import Visibility
from watertower.web.cookies import SESSION, cookie_name


async def a_desk(ctx, client, *, account=None, role_id=MODERATOR) -> Visit:
    """A browser of somebody on the team."""
    account = account or await an_account(ctx, role_id=role_id)
    async with ctx.reading() as tx:
        login_id = await tx.fetch_value("SELECT id FROM logins WHERE account_id = $1", account.id)
    session = await open_session(ctx, login_id=login_id)
    return Visit(client, {cookie_name(ctx.settings, SESSION): session.session_token})


async def test_the_form_freezes_with_every_kind_of_task(ctx, client):
    world = await a_world(ctx, client)
    desk = await a_desk(ctx, client)
    path = f"/desk/accounts/{world.member.id}/freeze"
    other = await a_status(
        ctx, by=world.member, text="Only for friends", visibility=Visibility.PRIVATE
    )
    await desk.get(path)

    answer = await desk.submit(
        path,
        message="Please put this right.",
        reason="Third talk",
        delete_urls=f"{ctx.settings.base_url}/@{world.member.username}/{other.id}",
        profile="Remove the slur",
        read_url_0="https://example.org/a",
        read_minutes_0="5",
        conversation="The one about bread",
        agree="I will be kind",
        respond_days="3",
        complete_days="10",
        **{f"delete_{world.post.id}": "1"},
    )

    assert answer.status == 303, answer.text
    tasks = await world.tasks()
    assert [task["kind"] for task in tasks] == [
        "delete_status", "delete_status", "change_profile", "read", "leave_conversation", "agree",
    ]  # fmt: skip
    assert [task["status_id"] for task in tasks[:2]] == [str(world.post.id), str(other.id)]
    days = await world.one(
        "SELECT ARRAY[respond_by - begun_at, complete_by - respond_by] FROM freezes "
        "WHERE account_id = $1",
        world.member.id,
    )
    assert [round(one / timedelta(days=1)) for one in days] == [3, 10]
    shown = await desk.get(answer.headers["location"])
    assert "Third talk" in shown.text
    # What the moderator may not see is named, and not shown.
    assert "Only for friends" not in shown.text
    assert "The post is with the evidence of the case." in shown.text


async def test_what_was_typed_stays_in_the_form_when_something_is_wrong(ctx, client):
    world = await a_world(ctx, client)
    desk = await a_desk(ctx, client)
    path = f"/desk/accounts/{world.member.id}/freeze"
    await desk.get(path)

    blank = await desk.submit(path, profile="Remove the slur", respond_days="10")
    foreign = await desk.submit(path, message="x", delete_urls="https://far.example/post")

    assert blank.status == 422
    assert "Message can&#39;t be blank" in blank.text
    assert "Remove the slur</textarea>" in blank.text
    assert '<option value="10" selected>' in blank.text
    assert (foreign.status, "is not the address of a post here" in foreign.text) == (422, True)


async def test_a_case_brings_its_reported_posts_and_egregious_harm_no_form(ctx, client):
    world = await a_world(ctx, client)
    desk = await a_desk(ctx, client)
    hidden = await a_status(ctx, by=world.member, text="Secret", visibility=Visibility.PRIVATE)
    reporter = await an_account(ctx)
    async with ctx.transaction() as tx:
        case_id = await open_case(tx, at=ctx.now(), target_account_id=world.member.id)
        await tx.execute(
            "INSERT INTO reports (account_id, target_account_id, status_ids, case_id) "
            "VALUES ($1, $2, $3, $4)",
            reporter.id,
            world.member.id,
            [world.post.id, hidden.id],
            case_id,
        )
    path = f"/desk/accounts/{world.member.id}/freeze?case_id={case_id}"

    form = await desk.get(path)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE cases SET severity = 3, scope = 1 WHERE id = $1", case_id)
    none = await desk.get(path)

    assert "<b>reported</b>" in form.text
    assert "A reported post that you may not see here" in form.text
    assert "Secret" not in form.text
    assert "A freeze is not for that" in none.text
    assert "<textarea" not in none.text


async def test_staff_deletion_is_discouraged_and_needs_a_reason(ctx, client):
    """The default path asks the author: the desk says so, and offers it first."""
    world = await a_world(ctx, client)
    desk = await a_desk(ctx, client)
    path = f"/desk/accounts/{world.member.id}/act"

    account = await desk.get(f"/desk/accounts/{world.member.id}")
    form = await desk.get(path)
    refused = await desk.submit(
        path, kind="remove_statuses", message="Gone", **{f"status_{world.post.id}": "1"}
    )

    assert f'href="/desk/accounts/{world.member.id}/freeze"' in account.text
    assert "To have posts deleted, ask the author" in form.text
    assert (refused.status, "Reason can&#39;t be blank" in refused.text) == (422, True)
    assert await world.one("SELECT deleted_at FROM statuses WHERE id = $1", world.post.id) is None


async def test_who_may_see_and_do_what_on_the_pages(ctx, client, clock, drain):
    world = await frozen_world(ctx, client)
    clock.ahead = timedelta(days=8)
    await run_clock(ctx, drain)
    path = f"/desk/freezes/{world.freeze_id}"

    trainee = await (await a_desk(ctx, client, role_id=4)).get(path)
    moderator = await (await a_desk(ctx, client)).get(path)
    head = await (await a_desk(ctx, client, role_id=HEAD)).get(path)
    infrastructure = await (await a_desk(ctx, client, role_id=6)).get(path)
    member = await (await a_desk(ctx, client, role_id=-99)).get(path)

    assert [one.status for one in (trainee, moderator, head, infrastructure, member)] == [
        200, 200, 200, 404, 404,
    ]  # fmt: skip
    assert [f'action="{path}/withdraw"' in one.text for one in (trainee, moderator, head)] == [
        False, True, True,
    ]  # fmt: skip
    assert [f'action="{path}/decide"' in one.text for one in (trainee, moderator, head)] == [
        False, False, True,
    ]  # fmt: skip
    assert "A deadline was missed" in moderator.text
    looks = "SELECT count(*) FROM audit_log WHERE verb = 'read freeze' AND subject_id = $1"
    assert await world.one(looks, str(world.member.id)) == 3


async def test_the_list_needs_as_many_queries_for_three(ctx, client, queries):
    desk = await a_desk(ctx, client)
    await frozen_world(ctx, client)
    await desk.get("/desk/freezes")
    queries.clear()
    await desk.get("/desk/freezes")
    first = len(queries)
    for _ in range(2):
        await frozen_world(ctx, client)
    await desk.get("/desk/freezes")
    queries.clear()

    answer = await desk.get("/desk/freezes")

    assert (answer.status, len(queries)) == (200, first)


async def test_the_members_page_needs_as_many_queries_for_three_posts(ctx, client, queries):
    counts = []
    for more in (0, 2):
        world = await a_world(ctx, client)
        posts = [world.post] + [await a_status(ctx, by=world.member) for _ in range(more)]
        desk = await a_desk(ctx, client)
        path = f"/desk/accounts/{world.member.id}/freeze"
        await desk.get(path)
        await desk.submit(path, message="x", **{f"delete_{one.id}": "1" for one in posts})
        own = await a_desk(ctx, client, account=world.member)
        await own.get("/account/frozen")
        queries.clear()
        answer = await own.get("/account/frozen")
        assert answer.text.count("Delete this post</button>") == more + 1
        counts.append(len(queries))

    assert counts[0] == counts[1]
