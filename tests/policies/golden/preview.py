"""Every pair's program, run once by the real engine on the sandbox's stand-in plugins, and taken apart again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policies.preview import Preview, read
from sandbox.plugins.install import ONLY_STAND_INS, install
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from policies.preview import Resource

_HERE = Path(__file__).parent
_CHECKOUT = _HERE.parents[2]
_LIMIT_SECONDS = 240
_TYPE = "golden:index:"


def preview(folder: Path) -> Preview:
    """What the engine says of all pairs at once; the stand-ins hold every input to the SDK's types.

    Args:
        folder: an empty one, for the engine's state.
    """
    project, home = folder / "project", folder / "home"
    shutil.copytree(_HERE / "program", project)
    (folder / "state").mkdir()
    install(home)
    pulumi = provide([Tool.PULUMI])[Tool.PULUMI]
    environment = {
        "PATH": os.pathsep.join([str(pulumi.parent), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(_CHECKOUT),
        "HOME": str(folder),
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "only for tests",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "GROUNDWORK_PYTHON": sys.executable,
        **ONLY_STAND_INS,
    }
    digest = folder / "preview.json"
    for arguments in (["stack", "init", "test"], ["preview", "--stack", "test", "--json", "--show-sames"]):
        done = subprocess.run(
            [str(pulumi), *arguments, "--non-interactive", "--color", "never"],
            cwd=project,
            env=environment,
            capture_output=True,
            check=False,
            timeout=_LIMIT_SECONDS,
        )
        digest.write_bytes(done.stdout)
        assert done.returncode == 0, _told(done.stdout) or done.stderr.decode()
    return read(digest)


def _told(digest: bytes) -> str:
    """What a preview that failed says of why: little of a digest that is megabytes long."""
    try:
        return "\n".join(f"{told.get('urn', '')}: {told['message']}" for told in json.loads(digest)["diagnostics"])
    except (ValueError, KeyError):
        return ""


def by_pair(whole: Preview) -> dict[str, Preview]:
    """The preview of each pair alone, by its name: as if nothing else were in the stack."""
    by_urn = {resource.urn: resource for resource in whole.resources}
    parts: dict[str, list[Resource]] = {}
    for resource in whole.resources:
        pair = lineage(resource, by_urn)[0]
        if pair is not resource and pair.token.startswith(_TYPE):
            parts.setdefault(pair.name, []).append(resource)
    return {name: Preview(whole.stack, whole.project, tuple(part), ()) for name, part in parts.items()}


def lineage(resource: Resource, by_urn: dict[str, Resource]) -> list[Resource]:
    """A resource and what it hangs below, the outermost first; the stack itself is none of them."""
    line = [resource]
    while (parent := by_urn.get(line[0].parent)) and parent.parent:
        line.insert(0, parent)
    return line
