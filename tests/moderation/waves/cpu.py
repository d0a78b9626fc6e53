"""How much CPU time pages take: that of this process, server included, and of the database."""

import os
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


async def postmaster(ctx):
    """The process id of the database's parent."""
    async with ctx.reading() as tx:
        backend = await tx.fetch_value("SELECT pg_backend_pid()")
    return _parent(backend)


def _parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def seconds(master):
    """CPU seconds so far: ours, and of all processes of the database."""
    total = time.process_time()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == master:
            total += (int(fields[11]) + int(fields[12])) / TICK
    return total
