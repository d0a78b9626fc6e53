"""What an operator can look up about received activities and about hosts."""

from tests.federation.far import PUBLIC
from tests.world import an_account
from watertower.federation.look_up import explain, hosts, pause


async def test_an_activity_is_explained_by_its_id_its_number_and_its_status(ctx, far, post, settle):
    author = far.actor()
    note = author.note(to=[PUBLIC])
    activity = author.activity("Create", note)
    await post(author, activity)
    await settle()

    by_id = (await explain(ctx, named=activity["id"])).received
    by_number = (await explain(ctx, named=str(by_id[0].id))).received
    by_status = (await explain(ctx, named=note["id"])).received

    assert [(one.state, one.reason) for one in by_id] == [
        ("ignored", "nobody here follows or is addressed")
    ]
    assert [one.id for one in by_number] == [one.id for one in by_status] == [by_id[0].id]


async def test_nothing_is_explained_of_what_never_came(ctx, far):
    for name in (f"{far.base}/activities/none", "12", "9" * 19, "9" * 40, "nonsense", ""):
        found = await explain(ctx, named=name)
        assert (found.received, found.waiting) == ([], [])


async def test_hosts_that_fail_and_are_paused_are_listed(ctx, far, settle):
    await an_account(ctx)
    assert await pause(ctx, host="Paused.Example", is_paused=True) is True
    assert await pause(ctx, host="no host", is_paused=True) is False

    listed = {one.host: one for one in await hosts(ctx, only_troubled=True, limit=500)}
    assert listed["paused.example"].is_paused is True

    await pause(ctx, host="paused.example", is_paused=False)
    listed = {one.host for one in await hosts(ctx, only_troubled=True, limit=500)}
    assert "paused.example" not in listed
