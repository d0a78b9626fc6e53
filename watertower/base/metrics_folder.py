"""The folder in which the processes of one machine count together; see metrics.py.

Apart from it, because the variable must be set before the metrics library is imported.
"""

import os
import shutil
from pathlib import Path

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def count_together(folder: Path) -> None:
    """Have this process and those it starts count in this folder, from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ[FOLDER_VARIABLE] = str(folder)
