"""A fault of the gate's own: told by type and place, with its trace in a log that holds no value."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolchain import cache, files
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The log of the last fault, in the toolchain's cache.
LOG: Final = "gate-fault.log"


def problem(error: Exception, engine: str) -> Problem:
    """What a user is told of an error that nobody expected: the engine did not judge, so nothing passes.

    Neither this nor the log holds the error's text: it may repeat a value of what was judged.
    """
    places = traceback.extract_tb(error.__traceback__)
    last = places[-1] if places else None
    where = f"{Path(last.filename).name}:{last.lineno}" if last else ""
    try:
        log = cache.make_root() / LOG
        files.write(log, f"{engine}\n{''.join(_traces(error))}".encode())
        fix = f"report it with {log}: the trace, without any value"
    except (OSError, Problem):
        fix = "report it"
    return Problem(
        f"a fault of the gate's own: {type(error).__name__}", where=where, fix=fix, exit_code=ExitCode.NOT_JUDGED
    )


def _traces(error: BaseException) -> Iterator[str]:
    """The trace of an error, after that of what caused it."""
    if before := error.__cause__ or error.__context__:
        yield from _traces(before)
        yield "which led to:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}\n"
