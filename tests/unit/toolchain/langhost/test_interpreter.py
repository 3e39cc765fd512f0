"""Which Python runs a project."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from toolchain.langhost import interpreter


def _environment(folder: Path) -> Path:
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    return python


@pytest.fixture(autouse=True)
def _python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the shell that runs the tests."""
    monkeypatch.delenv(interpreter.VARIABLE, raising=False)


def test_the_projects_virtualenv_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Pulumi.yaml names is used before anything else."""
    monkeypatch.setenv(interpreter.VARIABLE, str(_environment(tmp_path / "other")))
    python = _environment(tmp_path / "env")
    chosen = interpreter.choose(tmp_path, {"virtualenv": "env", "toolchain": "uv"})
    assert interpreter.Interpreter(python, tmp_path / "env") == chosen


def test_uv_keeps_the_environment_beside_its_lock_file(tmp_path: Path) -> None:
    """With ``toolchain: uv`` a plugin in a subfolder uses the environment of the locked project above it."""
    python = _environment(tmp_path / ".venv")
    (tmp_path / "uv.lock").touch()
    (tmp_path / "providers" / "railway").mkdir(parents=True)
    chosen = interpreter.choose(tmp_path / "providers" / "railway", {"toolchain": "uv"})
    assert python == chosen.executable


def test_our_own_python_runs_what_names_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without options ``GROUNDWORK_PYTHON`` is used."""
    python = _environment(tmp_path / "env")
    monkeypatch.setenv(interpreter.VARIABLE, str(python))
    assert python == interpreter.choose(tmp_path, {}).executable


def test_the_hosts_own_python_is_the_last_resort(tmp_path: Path) -> None:
    """Without options or variable the program runs in the host's Python."""
    assert Path(sys.executable) == interpreter.choose(tmp_path, {}).executable


@pytest.mark.parametrize("options", [{"virtualenv": "gone"}, {"toolchain": "uv"}])
def test_a_missing_environment_is_an_error_that_names_it(tmp_path: Path, options: dict[str, object]) -> None:
    """No other Python is taken in the place of one that was named."""
    with pytest.raises(interpreter.NoInterpreterError, match=f"{tmp_path}.* has no bin/python; make it with `uv sync`"):
        interpreter.choose(tmp_path, options)


def test_a_variable_that_names_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong ``GROUNDWORK_PYTHON`` is told by its name."""
    monkeypatch.setenv(interpreter.VARIABLE, str(tmp_path / "python"))
    with pytest.raises(interpreter.NoInterpreterError, match="GROUNDWORK_PYTHON names"):
        interpreter.choose(tmp_path, {})


def test_the_environment_is_activated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program sees its environment as an activated one, and nothing of another Python's home."""
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    _environment(tmp_path / "env")
    variables = interpreter.choose(tmp_path, {"virtualenv": "env"}).variables()
    expected = (str(tmp_path / "env"), os.pathsep.join((str(tmp_path / "env" / "bin"), "/usr/bin")), None)
    assert expected == (variables["VIRTUAL_ENV"], variables["PATH"], variables.get("PYTHONHOME"))
