"""Kubernetes manifests of the repository: those that lie there, and those that Helm renders from its charts."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from toolchain import programs
from toolchain.errors import ExitCode, Problem
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolchain.events import Emit

#: The folder of GitOps: manifests and charts, nothing else.
FOLDER: Final = "k8s"
_CHART: Final = "Chart.yaml"
#: A chart's defaults and its stacks' own values, as ``values-prod.yaml``.
_VALUES: Final = "values*.yaml"
_DEFAULTS: Final = "values.yaml"
_LIMIT_SECONDS: Final = 120.0


@dataclass(frozen=True)
class Manifests:
    """What there is to judge: charts, by folder, and plain manifests; paths relative to the checkout."""

    charts: tuple[str, ...]
    plain: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.charts or self.plain)


@dataclass(frozen=True)
class Source:
    """Where a judged file is from.

    Attributes:
        file: the template or manifest, relative to the checkout.
        rendered: whether Helm made what was judged: its lines are not the template's.
    """

    file: str
    rendered: bool


def find(checkout: Path, files: Sequence[str]) -> Manifests:
    """Charts anywhere but in another chart, and plain manifests below `FOLDER`.

    Args:
        checkout: the repository's folder.
        files: its files, relative to it.
    """
    folders = {str(PurePosixPath(file).parent) for file in files if PurePosixPath(file).name == _CHART}
    charts = tuple(sorted(one for one in folders if not any(_inside(one, other) for other in folders - {one})))
    plain = tuple(
        file
        for file in files
        if _inside(file, FOLDER)
        and file.endswith((".yaml", ".yml"))
        and not any(_inside(file, chart) for chart in charts)
        and _is_manifest(checkout / file)
    )
    return Manifests(charts, plain)


def render(checkout: Path, found: Manifests, target: Path, emit: Emit) -> dict[str, Source]:
    """Put every manifest into a folder; path below it -> where it is from.

    A chart is rendered once with its defaults, and once for each further values file beside them.

    Raises:
        Problem: a chart does not render (exit code 13), or Helm cannot be built (exit code 4).
    """
    sources: dict[str, Source] = {}
    for file in found.plain:
        place = target / "plain" / file
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(checkout / file, place)
        sources[str(place.relative_to(target))] = Source(file, rendered=False)
    if found.charts:
        helm = provide([Tool.HELM], emit)[Tool.HELM]
        for number, chart in enumerate(found.charts):
            for values in _values(checkout / chart):
                folder = target / f"chart-{number}" / (values.stem if values else "values")
                sources |= _rendered(helm, checkout, chart, values, folder, target)
    return sources


def _rendered(  # noqa: PLR0913, PLR0917 - one rendering, of one caller
    helm: Path, checkout: Path, chart: str, values: Path | None, folder: Path, target: Path
) -> Mapping[str, Source]:
    folder.mkdir(parents=True)
    chosen = ["--values", str(values)] if values else []
    command = [str(helm), "template", "release", str(checkout / chart), "--include-crds", *chosen]
    home = {f"HELM_{name}_HOME": str(target / ".helm") for name in ("CACHE", "CONFIG", "DATA")}
    try:
        done = programs.ask([*command, "--output-dir", str(folder)], environment=home, limit=_LIMIT_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed(chart, values, str(error)) from error
    if done.returncode:
        raise _failed(chart, values, done.stderr.decode(errors="replace").strip()[-300:])
    sources = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        # Helm writes to <folder>/<name of the chart>/<path inside the chart>.
        inside = Path(*file.relative_to(folder).parts[1:])
        sources[str(file.relative_to(target))] = Source(str(PurePosixPath(chart) / inside), rendered=True)
    return sources


def _values(chart: Path) -> Iterator[Path | None]:
    """The values files that a chart is rendered with; None: its defaults."""
    yield None
    yield from sorted(path for path in chart.glob(_VALUES) if path.name != _DEFAULTS)


def _inside(file: str, folder: str) -> bool:
    return folder == "." or PurePosixPath(file).is_relative_to(folder)


def _is_manifest(path: Path) -> bool:
    """Whether a file says that it is a Kubernetes object: a Kustomization or a values file may lie beside those."""
    lines = path.read_text("utf-8", errors="replace").splitlines()
    return any(line.startswith("kind:") for line in lines) and any(line.startswith("apiVersion:") for line in lines)


def _failed(chart: str, values: Path | None, why: str) -> Problem:
    return Problem(
        f"Helm does not render a chart: {why}",
        where=f"{chart} with {values.name if values else _DEFAULTS}",
        fix="run `helm template` on it, and mend what it says",
        exit_code=ExitCode.NOT_JUDGED,
    )
