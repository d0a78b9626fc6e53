"""A moderator who works off the desk through its pages, and counts every page and every button."""

import re
from dataclasses import dataclass, field

from tests.web.visit import Visit


@dataclass
class Moderator:
    """Everything is done with what the pages show."""

    visit: Visit
    actions: list = field(default_factory=list)

    async def open(self, path):
        """Open a page."""
        self.actions.append(f"GET {path}")
        answer = await self.visit.get(path)
        assert answer.status == 200, (path, answer.status, answer.text[:500])
        return answer.text

    async def press(self, path, **typed):
        """Send a form of the page."""
        self.actions.append(f"POST {path}")
        answer = await self.visit.submit(path, **typed)
        assert answer.status == 303, (path, answer.status, answer.text[:2000])

    async def work(self, drain):
        """Until nothing waits: waves, then what is held, then whatever case is left."""
        while waves := re.findall(r'href="/desk/waves/(\d+)"', await self.open("/desk/waves")):
            for wave_id in waves:
                page = await self.open(f"/desk/waves/{wave_id}")
                if f"/desk/waves/{wave_id}/decide" not in page:
                    continue
                ticked = re.findall(r'name="(server_[^"]+)" value="1" checked', page)
                await self.press(
                    f"/desk/waves/{wave_id}/decide",
                    posts="remove",
                    accounts="suspend",
                    closes_reports="1",
                    server_hours="24",
                    reason="A spam wave",
                    **dict.fromkeys(ticked, "1"),
                )
            await drain()  # what the workers do meanwhile
        held = await self.open("/desk/inbound/held")
        for path in sorted(set(re.findall(r'action="(/desk/inbound/held/-?\d+)"', held))):
            await self.press(path, decision="refuse")
