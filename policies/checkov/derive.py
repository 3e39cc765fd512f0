"""`python -m policies.checkov.derive aws` writes a table anew from the mapping that the vendor's own plugin gives.

It runs `pulumi package get-mapping terraform <package>`, which needs the plugin: where that is not to be had, the table
is kept by hand, and a test holds it against the installed SDK all the same.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policies.checkov import table
from policies.checkov.prune import prune
from toolchain import command, files
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Seconds: the plugin may have to be downloaded first, some 200 MB.
_LIMIT = 900.0
#: What a table says of itself when it was written from the plugin.
_NOTE = (
    "Written by `python -m policies.checkov.derive {package}` from `pulumi package get-mapping terraform {package}`."
)
_READABLE = 0o644


def derive(package: str, tokens: Sequence[str], *, pulumi: Path, folder: Path = table.FOLDER) -> Path:
    """Write a package's table.

    Args:
        package: as ``aws``.
        tokens: types to add to those that the table has, as ``aws:s3/bucket:Bucket``.
        pulumi: the engine's command line.
        folder: where the tables are.

    Returns:
        The table's file.

    Raises:
        Problem: the engine or the plugin cannot be had, its mapping cannot be read, or has not all types that are used.
    """
    path = folder / f"{package}.json"
    wanted = [*_used(path), *tokens]
    mapping = _mapping(package, pulumi)
    missing = sorted(set(wanted) - {info["tok"] for info in mapping["resources"].values()})
    if missing:
        raise _problem(f"the plugin has no such type: {', '.join(missing[:5])}", package)
    files.write(path, table.text(prune(mapping, set(wanted), _NOTE.format(package=package))).encode(), _READABLE)
    return path


def _used(path: Path) -> list[str]:
    if not path.is_file():
        return []
    return [info["tok"] for info in json.loads(path.read_bytes())["resources"].values()]


def _mapping(package: str, pulumi: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "mapping.json")
        arguments = [str(pulumi), "package", "get-mapping", "terraform", package, "-o", str(target)]
        try:
            result = command.run(arguments, folder=Path(folder), environment=os.environ, limit=_LIMIT)
        except (OSError, TimeoutError) as error:
            raise _problem(f"`pulumi package get-mapping` did not run to its end: {error}", package) from error
        if result.code or not target.is_file():
            raise _problem(f"`pulumi package get-mapping` gave nothing: {result.tail[-400:]}", package)
        try:
            loaded = json.loads(target.read_bytes())
        except ValueError as error:
            raise _problem(f"its mapping is no JSON: {error}", package) from error
    if not isinstance(loaded, dict) or not {"name", "version", "provider", "resources"} <= loaded.keys():
        raise _problem("its mapping has another shape than the one that is known", package)
    return loaded


def _problem(what: str, package: str) -> Problem:
    return Problem(
        f"the mapping of {package} cannot be derived: {what}",
        where=package,
        fix=f"see that `pulumi plugin install resource {package}` works here; without it the table stays as it is",
        exit_code=ExitCode.TOOLCHAIN,
    )


def main(arguments: Sequence[str]) -> int:
    """Derive the package that the arguments name, then tokens to add; its exit code."""
    pulumi = shutil.which("pulumi")
    if not arguments or pulumi is None:
        sys.stderr.write("usage: python -m policies.checkov.derive PACKAGE [TOKEN...], with `pulumi` on PATH\n")
        return ExitCode.USAGE
    try:
        sys.stdout.write(f"{derive(arguments[0], arguments[1:], pulumi=Path(pulumi))}\n")
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_code
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
