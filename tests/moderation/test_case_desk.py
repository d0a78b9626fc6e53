"""The desk's pages of cases, through HTTP."""

from tests.moderation.desk import TRAINEE, a_moderator, a_report, column, verbs
from tests.web.visit import where


async def test_a_case_is_rated_taken_analysed_decided_and_closed(ctx, client):
    moderator = await a_moderator(ctx, client)
    _, case_id, _, _target, post = await a_report(ctx)
    one = f"/desk/cases/{case_id}"

    queue = await moderator.get("/desk/cases")
    assert queue.status == 200
    assert f'href="{one}"' in queue.text
    assert "This hurts people" in queue.text
    shown = await moderator.get(one)
    assert shown.status == 200
    assert "A hateful thing" in shown.text
    rated = await moderator.submit(
        f"{one}/rate", scope="2", severity="2", harm_done="Somebody left"
    )
    assert where(rated) == f"{one}?note=rated"
    assert await column(ctx, case_id, "state") == "triaged"
    await moderator.get(one)
    await moderator.submit(f"{one}/assign", to="me")
    assert await column(ctx, case_id, "state") == "assigned"
    await moderator.get(one)
    await moderator.submit(
        f"{one}/analysis",
        situation="An insult",
        would_do="Remove",
        would_not_do="Suspend",
        why="First",
    )
    assert await column(ctx, case_id, "state") == "analysis"
    await moderator.get(one)
    decided = await moderator.submit(
        f"{one}/decide",
        kind="remove_statuses",
        reason="It hurts people",
        message="Please do not",
        closes="1",
        **{"status_ids[]": str(post.id)},
    )
    assert decided.status == 303, decided.text
    assert (await column(ctx, case_id, "state"), await column(ctx, case_id, "outcome")) == (
        "closed",
        "remove_statuses",
    )
    assert (await moderator.get(one)).status == 200
    assert await verbs(ctx, case_id) == [
        "read_case", "rate", "read_case", "assign", "read_case", "analyse", "read_case",
        "decide", "remove_statuses", "close", "read_case",
    ]  # fmt: skip


async def test_a_trainee_can_analyse_and_nothing_more(ctx, client):
    trainee = await a_moderator(ctx, client, TRAINEE)
    _, case_id, _, _, _ = await a_report(ctx)
    one = f"/desk/cases/{case_id}"

    page = await trainee.get(one)
    assert page.status == 200
    assert f'action="{one}/decide"' not in page.text
    token = trainee.hidden(f"{one}/analysis")
    for path in ("rate", "decide", "close", "assign", "export"):
        answer = await trainee._call("POST", f"{one}/{path}", token, {})
        assert answer.status == 404, path
    told = {**token, "thread": "reported", "text": "Hello", "with": "1"}
    assert (await trainee._call("POST", f"{one}/messages", told, {})).status == 403
    assert (
        await trainee._call("POST", f"{one}/messages", {**told, "thread": "team"}, {})
    ).status == 303


async def test_the_other_pages_are_shown(ctx, client):
    moderator = await a_moderator(ctx, client)

    for path in (
        "/desk/cases/new",
        "/desk/templates",
        (
            "/desk/cases?state=any&rule=1&tag=x&outcome=none"
            "&server=a.example&reporter_server=b.example&language=de&moderator=1&since=2026-01-01"
            "&until=2027-01-01&show=overdue"
        ),
        "/desk/cases?show=mine",
        "/desk/cases?state=closed",
    ):
        assert (await moderator.get(path)).status == 200, path
