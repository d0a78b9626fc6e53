"""Appeals by the API: a frozen member's app files one, a moderator's app answers it."""

from tests.moderation.appeals.world import a_moderator, decided, the_appeal
from tests.web.visit import a_member
from tests.world import a_token
from watertower.moderation.model.standing import Kind

MINE, TEAMS = "/api/watertower/v1/appeals/mine", "/api/watertower/v1/appeals"


async def test_a_frozen_members_app_appeals_and_a_moderators_app_answers(ctx, client):
    _, moderator = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.FREEZE)
    own = client.signed_in(await a_token(ctx, person))
    staff = client.signed_in(await a_token(ctx, moderator))

    answer = await own.post(
        MINE, json={"action_id": str(action_id), "claim": "error", "text": "Not me"}
    )
    assert answer.status == 200, answer.text
    appeal = await the_appeal(ctx, action_id)
    assert answer.json == (await own.get(f"{MINE}/{action_id}")).json
    assert (answer.json["state"], answer.json["kind"]) == ("assigned", "freeze")
    assert [one["id"] for one in (await own.get(MINE)).json] == [str(appeal["id"])]

    listed = (await staff.get(TEAMS)).json
    assert [(one["id"], one["account"]["acct"]) for one in listed] == [
        (str(appeal["id"]), person.username)
    ]
    here = f"{TEAMS}/{appeal['id']}"
    assert (await staff.post(f"{here}/notes", json={"text": "Hm"})).status == 200
    assert (await staff.post(f"{here}/messages", json={"text": "Which one?"})).status == 200
    shown = (await own.get(f"{MINE}/{action_id}")).json
    assert [(one["from_team"], one["text"]) for one in shown["messages"]] == [
        (False, "Not me"),
        (True, "Which one?"),
    ]
    assert "notes" not in shown
    assert moderator.username not in (await own.get(f"{MINE}/{action_id}")).text
    assert (await own.post(f"{MINE}/{action_id}/messages", json={"text": "That"})).status == 200
    answer = await staff.post(f"{here}/decide", json={"outcome": "accepted", "message": "Yes"})
    assert (answer.status, answer.json["outcome"]) == (200, "accepted")
    async with ctx.reading() as tx:
        assert await tx.fetch_value(
            "SELECT frozen_at IS NULL FROM logins WHERE account_id = $1", person.id
        )


async def test_others_are_refused(ctx, client):
    await a_moderator(ctx, client)
    person, other = await a_member(ctx), await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    own = client.signed_in(await a_token(ctx, person))
    stranger = client.signed_in(await a_token(ctx, other))
    typed = {"action_id": str(action_id), "claim": "error", "text": "Not me"}
    assert (await stranger.post(MINE, json=typed)).status == 404
    assert (await own.post(MINE, json=typed | {"claim": "other"})).status == 422
    assert (await own.post(MINE, json=typed)).status == 200
    appeal = await the_appeal(ctx, action_id)

    assert (await stranger.get(f"{MINE}/{action_id}")).status == 404
    assert (await stranger.get(TEAMS)).status == 403
    assert (await own.get(f"{TEAMS}/{appeal['id']}")).status == 403
    assert (await own.post(f"{MINE}/{action_id}/withdraw")).status == 200
    assert (await own.post(f"{MINE}/{action_id}/withdraw")).status == 200
    assert (await own.post(f"{MINE}/{action_id}/messages", json={"text": "x"})).status == 422
