"""The language host under the real engine."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Final

import psutil
import pytest

from .conftest import HERE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from .conftest import Project

    Make = Callable[..., Project]

pytestmark = pytest.mark.e2e
_LIMIT: Final = 60.0

_WORD = """
    import pulumi

    class Word(pulumi.CustomResource):
        said: pulumi.Output[str]
        def __init__(self, name, word):
            super().__init__("words:index:Word", name, {{"word": word, "said": None}})

    pulumi.export("said", Word("one", {word!r}).said)
"""
_SLOW = """
    import pathlib, subprocess, time
    pathlib.Path("running").touch()
    subprocess.Popen(["sleep", "63.1"])
    time.sleep(62)
"""


def _family(project: Project) -> list[psutil.Process]:
    """Processes that were started for ``project``: they all carry its state's address."""
    wanted = project.environment["PULUMI_BACKEND_URL"]
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("PULUMI_BACKEND_URL") == wanted and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def _left_after(project: Project, seconds: float) -> list[str]:
    deadline = time.monotonic() + seconds
    while (left := _family(project)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return [" ".join(process.cmdline()) for process in left]


def _start_slow(project: Project) -> subprocess.Popen[str]:
    process = project.start("up", "--yes", "--skip-preview", "--non-interactive", "--color", "never")
    deadline = time.monotonic() + _LIMIT
    while not (project.folder / "running").exists():
        assert time.monotonic() < deadline, "the program did not start"
        time.sleep(0.05)
    return process


def test_a_good_program_runs_and_leaves_nothing_running(project: Make) -> None:
    """Outputs arrive in the state, prints on the screen, and no process outlives the engine."""
    made = project('import pulumi\nprint("hello from the program")\npulumi.export("answer", 42)\n')
    done = made.up()
    assert (0, True) == (done.returncode, "hello from the program" in done.stdout), done.stdout
    assert {"answer": 42} == json.loads(made.run("stack", "output", "--json").stdout)
    assert [] == _left_after(made, 5)


def test_no_warning_is_printed(project: Make) -> None:
    """The host and its helpers count as bundled with the engine."""
    done = project("").preview()
    assert (0, False) == (done.returncode, "warning" in done.stdout.lower()), done.stdout


def test_a_program_in_a_folder_finds_its_own_modules(project: Make) -> None:
    """With ``main: infra`` the program runs in that folder and imports from it."""
    made = project("import part\nimport pulumi\npulumi.export('where', part.WHERE)\n", main="infra")
    (made.folder / "infra" / "part.py").write_text("import os\nWHERE = os.path.basename(os.getcwd())\n")
    done = made.up()
    assert done.returncode == 0, done.stdout
    assert {"where": "infra"} == json.loads(made.run("stack", "output", "--json").stdout)


def test_a_syntax_error_is_shown_at_its_line(project: Make) -> None:
    """A program that is no Python fails with file and line, once."""
    done = project("import pulumi\nx = = 1\n").preview()
    assert done.returncode != 0
    assert '__main__.py", line 2' in done.stdout
    assert done.stdout.count("SyntaxError") == 1, done.stdout


def test_an_exception_is_shown_with_the_programs_own_frames(project: Make) -> None:
    """The traceback begins in the program, not in what runs it."""
    done = project("def broken():\n    raise ValueError('no such size')\n\nbroken()\n").preview()
    assert (True, True, False) == (
        done.returncode != 0,
        "ValueError: no such size" in done.stdout,
        "pulumi-language-python-exec" in done.stdout,
    ), done.stdout


def test_an_exit_code_of_the_programs_own_is_told(project: Make) -> None:
    """A program that ends itself is a failure with its code."""
    done = project("import os\nos._exit(7)\n").preview()
    assert (True, True) == (done.returncode != 0, "exit code 7" in done.stdout), done.stdout


def test_a_killed_program_is_told_by_its_signal(project: Make) -> None:
    """A program that the system kills is a failure with the signal's name."""
    done = project("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n").preview()
    assert (True, True) == (done.returncode != 0, "ended by SIGKILL" in done.stdout), done.stdout


def test_a_missing_environment_is_named(project: Make) -> None:
    """A project whose virtual environment is not there says where it should be and how to make it."""
    made = project("", options="virtualenv: .venv")
    done = made.preview()
    expected = f"{made.folder / '.venv'} has no bin/python; make it with `uv sync`"
    assert (True, True) == (done.returncode != 0, expected in " ".join(done.stdout.split())), done.stdout


def test_the_projects_own_environment_runs_the_program(project: Make) -> None:
    """``virtualenv`` is relative to Pulumi.yaml, and the program runs in it."""
    made = project("import os, pulumi\npulumi.export('venv', os.environ['VIRTUAL_ENV'])\n", options="virtualenv: env")
    (made.folder / "env").symlink_to(sys.prefix)
    assert made.up().returncode == 0
    assert {"venv": str(made.folder / "env")} == json.loads(made.run("stack", "output", "--json").stdout)


def test_a_secret_reaches_the_program_and_stays_secret(project: Make) -> None:
    """Secret config is decrypted for the program, marked secret, and nowhere in the state or on the screen."""
    made = project('import pulumi\npulumi.export("hush", pulumi.Config().require("word"))\n')
    assert made.run("config", "set", "--secret", "word", "open-sesame").returncode == 0
    strict = made.folder / "__main__.py"
    strict.write_text('import pulumi\npulumi.export("hush", pulumi.Config().require_secret("word"))\n')
    done = made.up()
    shown = made.run("stack", "output", "--json", "--show-secrets").stdout
    state = made.run("stack", "export").stdout
    assert (0, {"hush": "open-sesame"}) == (done.returncode, json.loads(shown)), done.stdout
    assert "open-sesame" not in done.stdout + state


def test_a_policy_pack_stops_what_it_forbids(project: Make) -> None:
    """A mandatory rule of a Python pack fails the preview with its message."""
    made = project(_WORD.format(word="forbidden"), plugins=True)
    done = made.preview("--policy-pack", str(HERE / "pack"))
    assert (True, True) == (done.returncode != 0, "this word is forbidden here" in done.stdout), done.stdout
    assert [] == _left_after(made, 5)


def test_a_policy_pack_lets_pass_what_it_does_not_forbid(project: Make) -> None:
    """The same pack has nothing against another word."""
    done = project(_WORD.format(word="welcome"), plugins=True).preview("--policy-pack", str(HERE / "pack"))
    assert done.returncode == 0, done.stdout


def test_a_source_plugin_creates_and_deletes(project: Make) -> None:
    """A provider run from its source serves the update, the engine hears it, and it ends with the engine."""
    made = project(_WORD.format(word="hello"), plugins=True)
    done = made.up("--debug")
    assert (0, True) == (done.returncode, "the plugin says hello" in done.stdout), done.stdout
    assert {"said": "HELLO"} == json.loads(made.run("stack", "output", "--json").stdout)
    assert made.run("destroy", "--yes", "--skip-preview", "--non-interactive").returncode == 0
    assert [] == _left_after(made, 5)


def test_a_source_plugins_refusal_names_the_property(project: Make) -> None:
    """What a plugin refuses is told with the property."""
    done = project(_WORD.format(word=""), plugins=True).preview()
    assert (True, True) == (done.returncode != 0, "a word has letters" in done.stdout), done.stdout


def test_a_source_plugin_that_cannot_start_shows_why(project: Make) -> None:
    """The reason is the plugin's own traceback."""
    made = project(_WORD.format(word="hello"), plugins=True)
    (made.folder / "plugin" / "__main__.py").write_text("raise RuntimeError('no licence')\n")
    done = made.preview()
    assert (True, True) == (done.returncode != 0, "RuntimeError: no licence" in done.stdout), done.stdout


def test_an_interrupt_ends_the_program_and_frees_the_stack(project: Make) -> None:
    """After Ctrl-C nothing is running, no trace of ours is shown, and the stack can be used at once."""
    made = project(_SLOW)
    process = _start_slow(made)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=_LIMIT)
    assert (True, False) == (process.returncode != 0, "langhost" in output), output
    assert [] == _left_after(made, 10)
    (made.folder / "__main__.py").write_text("")
    assert made.up().returncode == 0


def test_a_killed_engine_leaves_no_host_or_program(project: Make) -> None:
    """After kill -9 of the engine the host notices, ends the program and what it started, and ends."""
    made = project(_SLOW)
    process = _start_slow(made)
    process.kill()
    process.communicate(timeout=_LIMIT)
    assert [] == _left_after(made, 15)


def test_the_engine_can_tell_about_the_project(project: Make) -> None:
    """``pulumi about`` names the project's Python and its dependencies."""
    made = project("")
    told = json.loads(made.run("about", "--json").stdout)
    names = {item["name"] for item in told["dependencies"]}
    assert (f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}", True) == (
        told["runtime"]["version"],
        "groundwork" in names,
    )
