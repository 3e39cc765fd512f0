"""The files of a repository: what git knows, and what is new and not ignored."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT_SECONDS = 60.0
_NEW = ("--others", "--exclude-standard")


def listed(checkout: Path, *, new: bool = True) -> tuple[str, ...]:
    """Paths of the files, relative to the checkout, sorted; links are left out: what they lead to is listed itself.

    Args:
        checkout: the repository's folder, or one in it.
        new: also files that git does not track and does not ignore.

    Raises:
        Problem: git does not list them (exit code 13).
    """
    git = shutil.which("git")
    if git is None:
        raise _unlisted(checkout, "git is not there")
    try:
        done = subprocess.run(  # noqa: S603 - git, with arguments of ours
            [git, "-C", str(checkout), "ls-files", "-z", "--cached", *(_NEW if new else ())],
            capture_output=True,
            check=True,
            timeout=_LIMIT_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        raise _unlisted(checkout, os.fsdecode(error.stderr).strip()[:200]) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise _unlisted(checkout, str(error)) from error
    paths = {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}
    return tuple(sorted(path for path in paths if _is_file(checkout / path)))


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _unlisted(checkout: Path, why: str) -> Problem:
    return Problem(
        f"the repository's files cannot be listed: {why}",
        where=str(checkout),
        allowed="a git repository",
        fix="run it inside the repository, or judge a preview alone",
        exit_code=ExitCode.NOT_JUDGED,
    )
