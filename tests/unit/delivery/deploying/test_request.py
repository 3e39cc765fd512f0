"""What may be asked of `gw deploy`."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from delivery import cli
from delivery.deploying import showing
from delivery.deploying.steps import Deployed, Request, deploy
from delivery.engine import Engine
from delivery.live import Live
from delivery.stacks import Place
from sandbox import processes
from toolchain.errors import ExitCode, Problem
from toolchain.events import ignore

CHECKOUT = Path(__file__).parents[4]
_DIGEST = "ghcr.io/someone/engine@sha256:" + "1" * 64


def _request(stack: str, image: str) -> Request:
    return Request(place=Place(Path("/none"), Path("/none")), product="amoisekai", stack=stack, image=image)


@pytest.mark.parametrize(
    ("stack", "image"), [("prod", _DIGEST), ("staging", _DIGEST), ("local", _DIGEST), ("local", "sandbox/engine:2")]
)
def test_an_image_is_named_by_digest_or_is_the_sandboxs(stack: str, image: str) -> None:
    """Outside of the sandbox's stack only a digest says what will run."""
    assert image == _request(stack, image).image


@pytest.mark.parametrize(
    ("stack", "image", "why"),
    [
        ("prod", "ghcr.io/someone/engine:1.2", "has no digest"),
        ("prod", "sandbox/engine:2", "which stack 'prod' does not have"),
        ("local", "ghcr.io/someone/engine:latest", "tag `latest`"),
        ("local", "sandbox/engine", "no name of a sandbox image"),
        ("production", _DIGEST, "no stack 'production'"),
    ],
)
def test_any_other_is_a_wrong_command_line(stack: str, image: str, why: str) -> None:
    """It is refused before anything starts."""
    with pytest.raises(Problem, match=why) as error:
        _request(stack, image)

    assert ExitCode.USAGE is error.value.exit_code


@pytest.mark.parametrize(("image", "rollback"), [("", False), (_DIGEST, True)])
def test_one_thing_is_asked_for(image: str, rollback: bool) -> None:  # noqa: FBT001 - both ways
    """An image, or the way back: neither says nothing, both contradict each other."""
    with pytest.raises(Problem) as error:
        cli.deploy("amoisekai", image=image, rollback=rollback)

    assert ExitCode.USAGE is error.value.exit_code


def test_an_unknown_product_stops_before_anything_starts(tmp_path: Path) -> None:
    """A stack file that names no image of it: nothing is started, no folder is made."""
    request = Request(
        place=Place(CHECKOUT, tmp_path / ".sandbox"), product="mangaverse", stack="local", image="sandbox/engine:2"
    )

    with pytest.raises(Problem, match="names no image") as error:
        deploy(request, ignore)

    assert (ExitCode.CONFIG, False) == (error.value.exit_code, (tmp_path / ".sandbox").exists())


@pytest.mark.parametrize(("file", "commit"), [("Pulumi.prod.yaml", True), ("", False)])
def test_the_line_that_changed_is_to_be_committed(capsys: pytest.CaptureFixture[str], file: str, commit: bool) -> None:  # noqa: FBT001 - a fact
    """Where the stack's own file names the new image, git must learn of it."""
    done = Deployed(
        product="amoisekai",
        stack="prod",
        image=_DIGEST,
        before="old",
        deployment="abc",
        rounds=5,
        file=file,
        seconds=12.34,
    )

    showing.show(done)

    out = capsys.readouterr().out
    assert (commit, True, True) == ("commit that line" in out, _DIGEST in out, "12.3" in out)


def test_a_live_stack_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its file is the checkout's, its environment the user's: their state, their clouds."""
    monkeypatch.setenv("PULUMI_BACKEND_URL", "s3://mine")
    live = Live(tmp_path, tmp_path / ".sandbox", "prod")

    environment = live.environment(None, "/python", Path("/tools"))

    assert (False, tmp_path, tmp_path / "Pulumi.prod.yaml") == (live.embedded, live.project, live.stack_file)
    assert ("s3://mine", "/python") == (environment["PULUMI_BACKEND_URL"], environment["GROUNDWORK_PYTHON"])
    assert environment["PATH"].startswith("/tools:")
    assert "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION" not in environment


def test_a_live_stacks_engine_that_was_left_is_ended(tmp_path: Path) -> None:
    """It would go on with what is about to be undone; what looks for the sandbox's own leaves it alone."""
    live = Live(tmp_path, tmp_path, "prod")
    binary = Path(shutil.which("sleep") or "")
    engine = Engine(binary, live, live.environment(None, "/python", binary.parent), ignore)

    with subprocess.Popen([binary, "60"], env=engine.environment) as left:
        assert [] == processes.marked(tmp_path)
        assert (True, -signal.SIGTERM, False) == (engine.end_left(), left.wait(10), engine.end_left())
