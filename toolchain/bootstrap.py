"""Set the environment up from the lock file, with nothing but Python's own library (``make`` runs this first).

uv is taken from PATH at an accepted version, else installed from PyPI, checksums checked, into the user's cache.
Then ``uv sync`` makes ``.venv`` equal to ``uv.lock``; where it already is, that takes a tenth of a second.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parent.parent
_PIN = _CHECKOUT / "toolchain" / "uv.txt"
LOWEST_PYTHON = (3, 11)
LOWEST_UV = (0, 13)
_LIMIT_SECONDS = 900
_EXIT_TOOLCHAIN = 4
_PROBE_SECONDS = 30


def main() -> int:
    """Make ``.venv`` what ``uv.lock`` says; returns the exit code (4: something is missing, and what)."""
    if sys.version_info < LOWEST_PYTHON:
        return _say(f"Python {'.'.join(map(str, LOWEST_PYTHON))} or newer is needed; this is {sys.version.split()[0]}")
    from toolchain.errors import Problem  # noqa: PLC0415 - an older Python stops above, in words

    try:
        uv = _on_path() or _cached()
        command = [str(uv), "sync", "--frozen", "--quiet", "--python", sys.executable]
        environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(_CHECKOUT / ".venv")}
        environment.pop("VIRTUAL_ENV", None)
        subprocess.run(command, cwd=_CHECKOUT, env=environment, check=True, timeout=_LIMIT_SECONDS)  # noqa: S603
    except subprocess.CalledProcessError as error:
        return _say(f"`{' '.join(map(str, error.cmd[:4]))} ...` failed; what it said stands above")
    except subprocess.TimeoutExpired:
        return _say(f"the set-up took over {_LIMIT_SECONDS} s; run it again: it goes on from here")
    except Problem as problem:
        return _say(str(problem), problem.exit_code)
    except OSError as error:
        return _say(f"{error.strerror}: {error.filename}; free some space, or set GROUNDWORK_CACHE to your folder")
    return 0


def _say(what: str, code: int = _EXIT_TOOLCHAIN) -> int:
    _tell(what)
    return code


def _tell(what: str) -> None:
    sys.stderr.write(f"set-up: {what}\n")


def _on_path() -> Path | None:
    found = shutil.which("uv")
    if found is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the uv of the user's PATH
            [found, "--version"], capture_output=True, text=True, check=False, timeout=_PROBE_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):  # it does not work here: ours will
        return None
    numbers = re.findall(r"\d+", done.stdout)
    return Path(found) if tuple(map(int, numbers[:2])) >= LOWEST_UV else None


def _cached() -> Path:
    """The uv of the user's cache, installed there when it is not; safe under two set-ups at once."""
    from toolchain import lock  # noqa: PLC0415 - as in `main`
    from toolchain.errors import ExitCode, Problem  # noqa: PLC0415 - as in `main`

    pin = _PIN.read_text()
    matched = re.search(r"^uv==(\S+)", pin, re.MULTILINE)
    version = matched.group(1) if matched else "unknown"
    base = os.environ.get("GROUNDWORK_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "groundwork")
    cache = Path(base).expanduser()
    cache.mkdir(parents=True, exist_ok=True)
    home = cache / f"uv-{version}"
    with lock.exclusive(cache / "uv.lock", "installing uv", lambda event: _tell(event.message), limit=_LIMIT_SECONDS):
        if not (home / "bin" / "uv").exists():
            if importlib.util.find_spec("pip") is None:
                raise Problem(
                    "uv is not there, and this Python has no pip to install it with",
                    where=sys.executable,
                    fix=f"sudo apt install python3-pip, or put uv {version} on PATH",
                    exit_code=ExitCode.TOOLCHAIN,
                )
            _tell(f"installing uv {version} into {cache}")
            temporary = tempfile.mkdtemp(dir=cache, prefix="uv-")
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", temporary, "--require-hashes"]
            try:
                subprocess.run([*pip, "--no-deps", "-r", str(_PIN)], check=True, timeout=_LIMIT_SECONDS)  # noqa: S603
                shutil.rmtree(home, ignore_errors=True)
                Path(temporary).rename(home)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    return home / "bin" / "uv"


if __name__ == "__main__":
    sys.exit(main())
