"""The clock that claims and deadlines go by."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

SLEPT_SECONDS = 100_000

USE = """
import time
from scgapi._io.clock import monotonic
print(monotonic() - time.monotonic())
"""


def test_time_goes_on_while_the_machine_sleeps() -> None:
    # To a process in a time namespace, the machine has slept as long as the namespace says.
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("unshare is not installed: it comes with Linux (util-linux)")
    inside = [unshare, "--time", "--boottime", str(SLEPT_SECONDS), sys.executable, "-c"]
    if subprocess.run([*inside, ""], capture_output=True).returncode != 0:
        pytest.skip("time namespaces are not allowed here: they need root")
    found = subprocess.run([*inside, USE], capture_output=True, text=True, check=True).stdout
    assert float(found) >= SLEPT_SECONDS - 1
