"""`gw gate` as a user runs it: what its options mean, and how the reports are shown."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.text import Text

from delivery import gate
from delivery.stacks import Place
from delivery.summary import wide
from infra.settings import STACKS
from policies.gate.formats import files, text
from policies.gate.formats.files import Format
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolchain.events import Emit

#: The form for people; all others are for programs.
TEXT: Final = "text"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options as given; what each means is told by `gw gate --help`.

    Raises:
        Problem: an option says nothing that is known, or two contradict each other (exit code 2).
    """

    stack: str = ""
    preview: Path | None = None
    events: Path | None = None
    files: bool | None = None
    form: str = TEXT
    output: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.stack and self.stack not in STACKS:
            raise _usage(f"there is no stack {self.stack!r}", ", ".join(STACKS))
        if self.form not in {TEXT, *Format}:
            raise _usage(f"there is no format {self.form!r}", ", ".join((TEXT, *Format)))
        if self.stack and self.preview:
            raise _usage("--stack and --preview name two things to judge", "one of them")
        if self.events and not self.preview:
            raise _usage("--events is the log of a preview, and none is named", "--preview FILE --events FILE")
        for one in self.output:
            form, _, file = one.partition("=")
            if form not in set(Format) or not file:
                raise _usage(f"--output {one!r} names no format and file", ", ".join(f"{row}=FILE" for row in Format))

    @property
    def stacks(self) -> tuple[str, ...]:
        """The stacks that are previewed: all, where nothing else is named."""
        return (self.stack,) if self.stack else () if self.preview else STACKS

    @property
    def whole(self) -> bool:
        """Whether the repository's files are judged: where nothing else is named, if not told otherwise."""
        return not (self.stack or self.preview) if self.files is None else self.files

    @property
    def outputs(self) -> dict[Path, Format]:
        """Where each further report goes."""
        return {Path(file): Format(form) for form, _, file in (one.partition("=") for one in self.output)}


def judge(asked: Asked, checkout: Path, root: Path, emit: Emit) -> list[gate.Judged]:
    """Judge what was asked for; a preview of any program by the folder that `gw` was started in.

    Raises:
        Problem: with the documented exit code of whatever went wrong.
    """
    request = gate.Request(
        place=Place(Path.cwd() if asked.preview else checkout, root),
        stacks=asked.stacks,
        preview=asked.preview,
        events=asked.events,
        files=asked.whole,
    )
    return gate.judged(request, emit)


def show(found: Sequence[gate.Judged], asked: Asked, checkout: Path) -> ExitCode:
    """Write the reports to their files, then print them in the form asked for; returns how it all ended.

    Raises:
        Problem: a file cannot be written (exit code 2).
    """
    whole = gate.joined([one.report for one in found])
    for path, form in asked.outputs.items():
        try:
            files.write(whole, form, path)
        except OSError as error:
            raise _usage(
                f"--output: {path} cannot be written: {error.strerror}", "a file in a folder of yours"
            ) from error
    if asked.form != TEXT:
        sys.stdout.write(files.render(whole, Format(asked.form)))
        return whole.exit_code
    console = wide()
    place = Path.cwd() if asked.preview else checkout
    for one in found:
        console.print(Text(one.subject, style="bold"))
        for line in text.render(one.report, place):
            console.print(line, no_wrap=True, overflow="ellipsis")  # printing forgets what a Text says of itself
        console.print()
    return whole.exit_code


def _usage(what: str, allowed: str) -> Problem:
    return Problem(what, allowed=allowed, fix="gw gate --help", exit_code=ExitCode.USAGE)
