"""A short crash test in the suite; `make crash` runs the long one."""

from tests.crash.run import crash


async def test_nothing_acknowledged_is_lost_when_each_process_is_killed_once():
    assert await crash(kills=5, pause=1.0)
