"""Research without a report: watch lists, evidence, ways of harm, hand-over; through HTTP."""

from tests.web.visit import Visit, a_member, where
from tests.world import a_status, a_token, an_account, unique
from watertower.statuses.model import Visibility

RESEARCH = "/api/watertower/v1/research"


async def a_moderator(ctx, client, role_id=1):
    account = await an_account(ctx, role_id=role_id)
    return account, client.signed_in(await a_token(ctx, account))


async def begun(app):
    made = await app.post(RESEARCH, json={"title": "A pattern", "words": "Look at this server"})
    assert made.status == 200, made.text
    return f"{RESEARCH}/{made.json['id']}"


def a_domain():
    return f"{unique('bad').replace('_', '')}.example"


async def test_research_needs_no_report_and_watches_accounts_and_servers(ctx, client):
    _, app = await a_moderator(ctx, client)
    domain = a_domain()
    far = await an_account(ctx, domain=domain)
    post = await a_status(ctx, by=far, text="Words that are watched")
    await a_status(ctx, by=far, text="For followers", visibility=Visibility.PRIVATE)
    path = await begun(app)

    assert (await app.post(f"{path}/watch", json={"named": domain, "note": "New"})).status == 200
    for _ in range(2):
        seen = await app.post(f"{path}/watch", json={"named": f"@{far.username}@{domain}"})

    watches = [(one["kind"], one["name"], one["posts_count"]) for one in seen.json["watches"]]
    assert watches == [("server", domain, 2), ("account", f"@{far.username}@{domain}", 2)]
    assert [one["text"] for one in seen.json["posts"]] == ["Words that are watched"]
    kept = await app.post(f"{path}/evidence", json={"status_id": str(post.id)})
    assert [one["is_evidence"] for one in kept.json["posts"]] == [True]
    for named in ("nowhere.example", "@nobody@nowhere.example", "x"):
        assert (await app.post(f"{path}/watch", json={"named": named})).status == 422
    watch_id = seen.json["watches"][0]["id"]
    left = await app.post(f"{path}/unwatch", json={"watch_id": watch_id})
    assert [one["kind"] for one in left.json["watches"]] == ["account"]


async def test_the_ways_on_which_harm_comes_are_counted_with_their_volume(ctx, client):
    _, app = await a_moderator(ctx, client)
    domain = a_domain()
    first, second = [await an_account(ctx, domain=domain) for _ in range(2)]
    member = await an_account(ctx)
    mine = await a_status(ctx, by=member)
    await a_status(ctx, by=first, text="Reply", reply_to=mine, mentions=(member,))
    await a_status(ctx, by=second, text="Named", mentions=(member,))
    await a_status(ctx, by=first, text="", reblog_of_id=mine.id)
    await a_status(ctx, by=first, text="Quote", quoted_status_id=mine.id)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2)", second.id, mine.id
        )
    path = await begun(app)
    seen = await app.post(f"{path}/watch", json={"named": domain})

    ways = {
        one["way"]: (one["count"], one["accounts"], one["people"]) for one in seen.json["paths"]
    }
    assert ways == {
        "post": (3, 2, 0),
        "reply": (1, 1, 1),
        "mention": (2, 2, 1),
        "boost": (1, 1, 1),
        "quote": (1, 1, 1),
        "like": (1, 1, 1),
    }

    handed = await app.post(
        f"{path}/hand_over", json={"domain": domain, "words": "They follow members around"}
    )
    again = await app.post(
        f"{path}/hand_over", json={"domain": domain, "words": "They follow members around"}
    )
    assert handed.json == again.json
    async with ctx.reading() as tx:
        review = await tx.fetch_one(
            "SELECT domain, cause, state FROM server_reviews WHERE id = $1",
            int(handed.json["review_id"]),
        )
        kept = await tx.fetch_all(
            "SELECT content->>'text' AS text, jsonb_array_length(content->'paths') AS ways "
            "FROM evidence WHERE server_review_id = $1",
            int(handed.json["review_id"]),
        )
    assert tuple(review) == (domain, "research", "opened")
    assert [tuple(row) for row in kept] == [("They follow members around", 6)]
    other = await app.post(f"{path}/hand_over", json={"domain": "x.example", "words": "No"})
    assert other.status == 422


async def test_nobody_sees_research_about_themselves_and_every_look_is_logged(ctx, client):
    staff, app = await a_moderator(ctx, client)
    other, theirs = await a_moderator(ctx, client)
    path = await begun(app)
    case_id = int(path.rpartition("/")[2])
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE cases SET target_account_id = $2 WHERE id = $1", case_id, other.id)

    assert (await app.get(path)).status == 200
    assert (await theirs.get(path)).status == 404
    assert str(case_id) not in {one["id"] for one in (await theirs.get(RESEARCH)).json}
    assert (await theirs.post(f"{path}/watch", json={"named": "x.example"})).status == 404
    async with ctx.reading() as tx:
        looks = await tx.fetch_value(
            "SELECT count(*) FROM audit_log WHERE case_id = $1 AND verb = 'read_case' "
            "AND actor_account_id = $2",
            case_id,
            staff.id,
        )
    assert looks == 2
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await member.get(RESEARCH)).status == 403


async def test_the_workspace_shows_texts_behind_a_button_and_loads_no_media(ctx, client):
    member = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 3 WHERE account_id = $1", member.id)
    domain = a_domain()
    far = await an_account(ctx, domain=domain)
    await a_status(ctx, by=far, text="Terrible words", media_ids=[1, 2], has_media=True)
    visit = Visit(client)
    await visit.sign_in(member.username)
    await visit.get("/desk/research")
    assert (await visit.submit("/desk/research/new", title="", words="")).status == 422
    made = await visit.submit("/desk/research/new", title="A ring", words="They look alike")
    path = where(made)
    await visit.get(path)
    await visit.submit(f"{path}/watch", named=f"@{far.username}@{domain}", note="First seen")
    await visit.get(path)
    await visit.submit(f"{path}/watch", named=domain)
    page = (await visit.get(path)).text
    concealed = page[page.index("<details>") :]
    assert "Terrible words" in concealed
    assert "2 files" in concealed
    assert domain not in "".join(part for part in page.split("src=")[1:])
    await visit.submit(f"{path}/evidence")
    assert "Evidence</span>" in (await visit.get(path)).text
    assert "A ring" in (await visit.get("/desk/research")).text
    await visit.get(path)
    over = await visit.submit(f"{path}/hand_over", domain=domain, words="See the numbers")
    assert "Handed over" in (await visit.get(where(over))).text


async def test_a_list_of_research_costs_the_same_for_one_and_for_three(ctx, client, queries):
    _, app = await a_moderator(ctx, client)

    async def cost():
        await app.get(RESEARCH)
        queries.clear()
        await app.get(RESEARCH)
        return len(queries)

    await begun(app)
    one = await cost()
    await begun(app)
    await begun(app)
    assert await cost() == one
