"""The set-up before there is anything: which uv it takes, and what it says where it cannot go on."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolchain import bootstrap, lock
from toolchain.events import ignore

if TYPE_CHECKING:
    from tests.unit.toolchain.conftest import Workbench


@pytest.fixture(autouse=True)
def _alone(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PATH that holds what the test puts there, and a checkout without an environment."""
    monkeypatch.setenv("PATH", str(bench.bin))
    monkeypatch.setattr(bootstrap, "_CHECKOUT", bench.cache.parent)


def test_a_uv_on_path_that_is_new_enough_is_taken(bench: Workbench) -> None:
    """Nothing is installed, and it is asked to make the environment from the lock file alone."""
    bench.put("uv", f'[ "$1" = --version ] && echo "uv 0.13.8 (abc)" || echo "$@" > {bench.bin}/asked')

    code = bootstrap.main()

    assert (0, False) == (code, bench.cache.exists())
    assert (bench.bin / "asked").read_text().startswith("sync --frozen --quiet --python ")


@pytest.mark.parametrize("script", ['echo "uv 0.12.9"', "exit 1", "echo nothing", "exec /nonexistent/uv"])
def test_a_uv_on_path_that_is_old_or_broken_is_passed_over(bench: Workbench, script: str) -> None:
    """One that is too old, fails, or tells no version is not used."""
    bench.put("uv", script)

    assert bootstrap._on_path() is None  # noqa: SLF001 - the rule itself


def test_a_uv_that_cannot_be_started_is_passed_over(bench: Workbench) -> None:
    """One of another machine's format is no reason to stop."""
    path = bench.bin / "uv"
    path.write_bytes(b"\x7fELF nonsense")
    path.chmod(0o755)

    assert bootstrap._on_path() is None  # noqa: SLF001 - the rule itself


def test_a_python_without_pip_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Debian's bare Python has none: the message names the package, and the exit code is the toolchain's."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    assert bootstrap.main() == 4
    assert "python3-pip" in capsys.readouterr().err


def test_a_failing_sync_is_told(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    """What uv said stands above our line, and the exit code is the toolchain's."""
    bench.put("uv", '[ "$1" = --version ] && echo "uv 0.13.8" || exit 2')

    assert bootstrap.main() == 4
    assert "uv sync --frozen" in capsys.readouterr().err


def test_a_set_up_that_never_ends_elsewhere_is_named(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who waits for another set-up is told which process it is, and gives up with exit code 8."""
    monkeypatch.setattr(bootstrap, "_LIMIT_SECONDS", 0.2)
    with lock.exclusive(bench.cache / "uv.lock", "installing uv", ignore):
        code = bootstrap.main()

    assert (8, True) == (code, "(installing uv)" in capsys.readouterr().err)


def test_a_cache_that_cannot_be_written_to_is_told(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where the cache's folder should be gives its name and the way out."""
    bench.cache.write_text("")
    monkeypatch.setenv("GROUNDWORK_CACHE", str(bench.cache / "below"))

    assert bootstrap.main() == 4
    assert "GROUNDWORK_CACHE" in capsys.readouterr().err


def test_the_makefile_starts_it() -> None:
    """`make` runs it with any Python, from the checkout."""
    makefile = Path(__file__).parents[3] / "Makefile"

    assert "$(PYTHON) -m toolchain.bootstrap" in makefile.read_text()
