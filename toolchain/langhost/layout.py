"""What lies beside a ``pulumi`` that we built, so that the engine counts it as bundled."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

EXEC: Final = "pulumi-language-python-exec"
"""Upstream's script that runs a program inside a stack; it comes with the ``sdk/v3`` Go module."""

SHIM: Final = """#!/bin/sh
# The Python language host of Groundwork, in the interpreter that has Groundwork installed (-P: nothing from the
# working directory, whose modules could hide ours).
exec "${GROUNDWORK_PYTHON:?names the Python that has Groundwork installed}" -P -m toolchain.langhost \\
  "--executor=${0%/*}/pulumi-language-python-exec" "$@"
"""


def lay_out(sdk: Path, folder: Path) -> None:
    """Put the language host and its helpers into ``folder``.

    Args:
        sdk: the root of the ``sdk/v3`` Go module.
        folder: where ``pulumi`` lies.

    Raises:
        OSError: the module has another layout, or ``folder`` cannot be written to.
    """
    for source in ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python"):
        target = folder / Path(source).name
        shutil.copyfile(sdk / source, target)
        target.chmod(0o755)
    shim = folder / "pulumi-language-python"
    shim.write_text(SHIM)
    shim.chmod(0o755)
