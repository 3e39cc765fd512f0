"""Images from the table: found, named by content, built once."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from sandbox.node.image_build import Builder, BuildError
from sandbox.node.images import Image, Images, PullError, content_digest
from toolchain import lock

_DOCKERFILE = 'FROM x\nENV PATH="/app/.venv/bin:$PATH"\nENTRYPOINT ["job"]\n'


class Fake(Builder):
    """Builds without uv: an environment that is a link to this interpreter."""

    def __init__(self, images: Path, checkout: Path) -> None:
        super().__init__(images, checkout, Path(sys.executable), Path("/no/uv"))
        self.calls: list[list[str]] = []
        self.seconds = 0.0

    def _uv_run(self, arguments: list[str], extra: dict[str, str]) -> None:
        self.calls.append(arguments)
        if arguments[0] == "venv":
            time.sleep(self.seconds)
            environment = Path(arguments[-1])
            (environment / "bin").mkdir(parents=True)
            (environment / "bin" / "python").symlink_to(Path(sys.executable).resolve())
        elif "--offline" in arguments:
            raise BuildError(extra["UV_PROJECT_ENVIRONMENT"])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one job and a table that names it."""
    job = tmp_path / "repo" / "jobs" / "a"
    job.mkdir(parents=True)
    (job / "Dockerfile").write_text(_DOCKERFILE)
    (job / "pyproject.toml").write_text('[project]\nname = "job-a"\n')
    (tmp_path / "repo" / "uv.lock").write_text("lock")
    (tmp_path / "images.json").write_text(json.dumps({"job/a:dev": "jobs/a", "out": "../..", "none": "jobs/none"}))
    return tmp_path / "repo"


def _images(checkout: Path) -> tuple[Images, Fake]:
    builder = Fake(checkout.parent / "images", checkout)
    return Images(checkout.parent / "images.json", checkout, builder), builder


def _pull(images: Images, reference: str = "job/a:dev") -> Image:
    return images.pull(reference).result(30)


def test_config(checkout: Path) -> None:
    """A pulled image runs as its Dockerfile says, with its environment where the image keeps it."""
    image = _pull(_images(checkout)[0])
    assert (image.config.entrypoint, image.home, image.variables()["PATH"][:14]) == (
        ("job",),
        "/app/.venv",
        "/app/.venv/bin",
    )


def test_cache_first(checkout: Path) -> None:
    """A build tries uv's cache alone, and the network only when that does not do."""
    images, builder = _images(checkout)
    _pull(images)
    assert [("--offline" in call) for call in builder.calls] == [False, True, False]


def test_built_once(checkout: Path) -> None:
    """The same content is built once."""
    images, builder = _images(checkout)
    first, second = _pull(images), _pull(images)
    assert (first.digest == second.digest, len(builder.calls)) == (True, 3)


def test_two_at_once(checkout: Path) -> None:
    """Two pulls at once, by two nodes, build once between them."""
    pulls = [_images(checkout) for _ in range(2)]
    for _, builder in pulls:
        builder.seconds = 0.3  # long enough for the other to come meanwhile
    threads = [threading.Thread(target=_pull, args=(images,)) for images, _ in pulls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(len(builder.calls) for _, builder in pulls) == 3


def test_older_is_removed(checkout: Path) -> None:
    """What an image was before goes once nothing uses it."""
    images, _ = _images(checkout)
    first = _pull(images)
    os.utime(first.environment, (0, 0))
    (checkout / "uv.lock").write_text("another")
    second = _pull(images)
    left = {path.name for path in (checkout.parent / "images").iterdir()}
    assert left == {second.digest, f".{second.digest}.lock"}


def test_another_builder_that_never_ends(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for another builder gives up in the end, and says so."""
    monkeypatch.setattr("sandbox.node.image_build._WAIT_SECONDS", 0.1)
    images, _ = _images(checkout)
    digest = content_digest(checkout / "jobs" / "a", checkout / "uv.lock")
    kept = lock.keep(checkout.parent / "images" / f".{digest}.lock", "never ends")
    assert kept is not None
    with pytest.raises(PullError, match="never ends"):
        _pull(images)
    os.close(kept)


def test_used_is_kept(checkout: Path) -> None:
    """What a pod runs on stays."""
    images, _ = _images(checkout)
    first = _pull(images)
    images.hold(first.digest, "a pod")
    os.utime(first.environment, (0, 0))
    (checkout / "uv.lock").write_text("another")
    _pull(images)
    assert first.environment.exists()


def test_half_built_is_removed(checkout: Path) -> None:
    """What a killed build left goes with the next pull."""
    images, _ = _images(checkout)
    left = checkout.parent / "images" / ".new-abc-x"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    _pull(images)
    assert not left.exists()


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("nobody/knows", "nobody/knows: not found: no image of that name in"),
        ("out", "out: ../.. is outside the checkout"),
        ("none", "none: no folder jobs/none in the checkout"),
    ],
)
def test_unknown(checkout: Path, reference: str, message: str) -> None:
    """An image that cannot be had is named with the reason."""
    with pytest.raises(PullError) as caught:
        _pull(_images(checkout)[0], reference)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(("name", "content"), [("Dockerfile", None), ("Dockerfile", "RUN x"), ("pyproject.toml", "x=")])
def test_broken_job(checkout: Path, name: str, content: str | None) -> None:
    """A job without a readable Dockerfile or package is an image that cannot be had."""
    path = checkout / "jobs" / "a" / name
    path.unlink()
    if content is not None:
        path.write_text(content)
    with pytest.raises(PullError):
        _pull(_images(checkout)[0])


@pytest.mark.parametrize("table", ["", "[]", "{"])
def test_broken_table(checkout: Path, table: str) -> None:
    """A table that is no table knows no image."""
    (checkout.parent / "images.json").write_text(table)
    with pytest.raises(PullError):
        _pull(_images(checkout)[0])


@pytest.mark.parametrize(("path", "changes"), [("src/x.py", True), ("Dockerfile", True), ("__pycache__/x.pyc", False)])
def test_digest(checkout: Path, path: str, changes: bool) -> None:  # noqa: FBT001 - a column of the table above
    """The digest follows a job's sources and not what tools leave beside them."""
    job, lock = checkout / "jobs" / "a", checkout / "uv.lock"
    before = content_digest(job, lock)
    (job / path).parent.mkdir(exist_ok=True)
    (job / path).write_text("new")
    assert (content_digest(job, lock) != before) is changes
