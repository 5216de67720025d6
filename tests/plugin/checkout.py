"""The plugin as an installation of this checkout registers it."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def python_path(folder: Path) -> str:
    """Return a PYTHONPATH with this checkout and its pytest plugin; metadata is written into the folder.

    The environment's own metadata may be that of another checkout, or older than the plugin.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [f"{name} = {module}" for name, module in project["entry-points"]["pytest11"].items()]
    metadata = folder / "scgapi_checkout-0.dist-info"
    metadata.mkdir(exist_ok=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: scgapi-checkout\nVersion: 0\n")
    (metadata / "entry_points.txt").write_text("\n".join(["[pytest11]", *lines, ""]))
    inherited = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(ROOT), str(folder), *([inherited] if inherited else [])])
