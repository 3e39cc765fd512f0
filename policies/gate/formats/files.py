"""A report in a file, in one of the forms that other programs read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from policies.gate.formats import json_report, junit, sarif
from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path

    from policies.gate.judgement import Report


class Format(StrEnum):
    """A form that a program reads."""

    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"


_RENDERERS = {Format.JSON: json_report.render, Format.SARIF: sarif.render, Format.JUNIT: junit.render}


def render(report: Report, form: Format) -> str:
    """The whole report in that form."""
    return _RENDERERS[form](report)


def write(report: Report, form: Format, path: Path) -> None:
    """Put it at ``path``, whole or not at all, for its user alone; a link is followed, a pipe or device written to.

    Raises:
        OSError: the folder cannot be written to, or the disk is full.
    """
    content = render(report, form).encode()
    if path.exists() and not path.is_file():  # as /dev/stdout: a file must not take its place
        with path.open("wb") as stream:
            stream.write(content)
    else:
        files.write(path.resolve(), content)
