"""Lays the stand-in plugins out in the sandbox's own PULUMI_HOME, where the engine looks for the vendors'.

A plugin is a folder ``plugins/resource-<name>-v<version>`` with an executable ``pulumi-resource-<name>``; the version
is that of the vendor's SDK, so that the engine takes it for the one the program asks for. Every folder of ours holds
a marker file, and one without is never touched.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sandbox.plugins.noop import kind as noop
from toolchain import lock
from toolchain.errors import ExitCode, Problem
from toolchain.events import ignore

#: The file that says a plugin folder is ours.
MARKER = "groundwork-stand-in.json"

#: Stand-in -> the distribution whose version it bears; None where there is no vendor.
STAND_INS: dict[str, str | None] = {
    "aws": "pulumi-aws",
    "cloudflare": "pulumi-cloudflare",
    "grafana": "pulumiverse-grafana",
    "kubernetes": "pulumi-kubernetes",
    "noop": None,
}

#: The engine's settings without which it might take another plugin than a stand-in: one on the user's PATH goes before
#: those of its own folder, and one that is missing is downloaded. The vendor's would act on real accounts.
ONLY_STAND_INS = {"PULUMI_IGNORE_AMBIENT_PLUGINS": "true", "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true"}

#: The file that one installation at a time holds.
LOCK = ".groundwork.lock"

#: Seconds that another run's installation is waited for.
_PATIENCE = 30.0

_EXECUTABLE = 0o755


@dataclass(frozen=True)
class StandIn:
    """One plugin to lay out."""

    name: str
    version: str

    @property
    def folder(self) -> str:
        """The folder's name, as the engine wants it."""
        return f"resource-{self.name}-v{self.version}"

    @property
    def executable(self) -> str:
        """The executable's name, as the engine wants it."""
        return f"pulumi-resource-{self.name}"

    def files(self) -> dict[str, str]:
        """The folder's files: name -> text."""
        # -P keeps the program's folder off the module path: a settings.py there must not shadow anything here.
        shim = (
            "#!/bin/sh\n"
            f"# Groundwork's stand-in for the {self.name} plugin, for the local stack only.\n"
            f'exec "${{GROUNDWORK_PYTHON:?is set by gw}}" -P -m sandbox.plugins.{self.name} "$@"\n'
        )
        about = {
            "about": f"Groundwork's stand-in for the {self.name} plugin: not the vendor's, for the local stack only",
            "name": self.name,
            "version": self.version,
        }
        return {self.executable: shim, MARKER: json.dumps(about, indent=1) + "\n"}


def stand_ins() -> list[StandIn]:
    """Every stand-in, at the version of the SDK that is installed."""
    return [
        StandIn(name, importlib.metadata.version(package) if package else noop.VERSION)
        for name, package in STAND_INS.items()
    ]


def install(pulumi_home: Path) -> list[str]:
    """Lay out what is missing or damaged, remove older versions of ours; gives the folders it laid out.

    Starts no process, and does nothing when all is well. Two at once wait for each other.

    Raises:
        Problem: a plugin that is not ours stands in a stand-in's place, the folder cannot be written to, or another
            installation does not end.
    """
    plugins = pulumi_home / "plugins"
    try:
        plugins.mkdir(mode=0o700, parents=True, exist_ok=True)
        with lock.exclusive(plugins / LOCK, "laying out the stand-in plugins", ignore, limit=_PATIENCE):
            wanted = stand_ins()
            _remove_older(plugins, {item.folder for item in wanted})
            return [item.folder for item in wanted if _lay_out(plugins, item)]
    except OSError as error:
        raise Problem(
            f"the stand-in plugins cannot be laid out: {error.strerror}",
            where=str(error.filename or plugins),
            fix="see that the folder can be written to and that the disk has room",
            exit_code=ExitCode.SANDBOX,
        ) from error


def _lay_out(plugins: Path, item: StandIn) -> bool:
    """Put one folder in its place, whole; False when it is there already."""
    place = plugins / item.folder
    # The engine takes a plugin with either of these beside it for one whose installation broke off.
    (plugins / f"{item.folder}.partial").unlink(missing_ok=True)
    if _whole(place, item):
        return False
    if place.exists() and not _ours(place, item):
        raise Problem(
            f"a {item.name} plugin that is not the sandbox's stands in its own plugin folder",
            where=str(place),
            allowed="the stand-in only: the vendor's plugin would act on real accounts",
            fix=f"move it away: mv {place} /tmp/",
            exit_code=ExitCode.SANDBOX,
        )
    fresh = Path(tempfile.mkdtemp(dir=plugins, prefix=".groundwork-"))
    fresh.chmod(_EXECUTABLE)
    for name, text in item.files().items():
        (fresh / name).write_text(text, encoding="utf-8")
    (fresh / item.executable).chmod(_EXECUTABLE)
    if place.exists():
        # A folder cannot be renamed over one that holds something: the damaged one goes aside first.
        aside = Path(tempfile.mkdtemp(dir=plugins, prefix=".groundwork-"))
        place.rename(aside / "old")
    fresh.rename(place)
    _sweep(plugins)
    return True


def _whole(place: Path, item: StandIn) -> bool:
    """Whether the folder is exactly as it should be."""
    try:
        right = all((place / name).read_text(encoding="utf-8") == text for name, text in item.files().items())
        return right and (place / item.executable).stat().st_mode & 0o111 == 0o111  # noqa: PLR2004 - execute bits
    except (OSError, UnicodeDecodeError):
        return False


def _ours(place: Path, item: StandIn | None = None) -> bool:
    """Whether a folder bears the marker, or holds no more than a broken installation of ours would."""
    if (place / MARKER).is_file():
        return True
    if item is None or not place.is_dir():
        return False
    return all(
        entry.name == item.executable and entry.read_bytes()[:100] == item.files()[entry.name].encode()[:100]
        for entry in place.iterdir()
        if entry.is_file() or entry.is_dir()
    )


def _remove_older(plugins: Path, wanted: set[str]) -> None:
    """Remove stand-ins of other versions, which the engine might prefer."""
    for name in STAND_INS:
        for place in plugins.glob(f"resource-{name}-v*"):
            if place.is_dir() and place.name not in wanted and _ours(place):
                shutil.rmtree(place)


def _sweep(plugins: Path) -> None:
    """Remove what killed installations left behind."""
    for rest in plugins.glob(".groundwork-*"):
        shutil.rmtree(rest, ignore_errors=True)
