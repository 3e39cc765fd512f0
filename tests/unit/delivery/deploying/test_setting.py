"""The image in a stack's configuration: one line changes, nothing else does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from delivery import overrides
from delivery.deploying.setting import Setting
from delivery.live import Live
from delivery.workspace import Workspace
from infra.settings import check_file
from toolchain.errors import ExitCode, Problem

CHECKOUT = Path(__file__).parents[4]
_TWO = """config:
  groundwork:amoisekai:
    engine:
      image: {one}
  groundwork:mangaverse:
    engine:
      image: {other}
"""
IMAGE = "ghcr.io/someone/engine@sha256:" + "1" * 64


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the stack files alone."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for stack in ("local", "staging", "prod"):
        shutil.copy(CHECKOUT / f"Pulumi.{stack}.yaml", folder)
    return folder


@pytest.fixture
def embedded(checkout: Path, tmp_path: Path) -> Workspace:
    """The sandbox's stack, with its own copy of the file."""
    made = Workspace(checkout, tmp_path / ".sandbox")
    made.prepare()
    shutil.copy(checkout / "Pulumi.local.yaml", made.stack_file)
    return made


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_one_line_of_the_stack_file_changes(checkout: Path, tmp_path: Path, stack: str) -> None:
    """Comments, order and every other key stay as they were, and the file is right."""
    file = checkout / f"Pulumi.{stack}.yaml"
    before = file.read_text().splitlines()
    setting = Setting(Live(checkout, tmp_path, stack), "amoisekai")

    setting.write(IMAGE)

    after = file.read_text().splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert (IMAGE, IMAGE) == (setting.read(), check_file(file, secrets=False).amoisekai.engine.image)
    assert ["image:"] == [new.split()[0] for _, new in changed]


def test_the_checkouts_own_file_keeps_its_mode(checkout: Path, tmp_path: Path) -> None:
    """A file that others may read stays one."""
    file = checkout / "Pulumi.prod.yaml"
    file.chmod(0o644)

    Setting(Live(checkout, tmp_path, "prod"), "amoisekai").write(IMAGE)

    assert 0o644 == file.stat().st_mode & 0o777


@pytest.mark.parametrize("quote", ['"', "'"])
def test_quotes_and_line_ends_are_no_obstacle(checkout: Path, tmp_path: Path, quote: str) -> None:
    """A file of Windows keeps its line ends, a comment behind the quoted image stays."""
    file = checkout / "Pulumi.prod.yaml"
    old = Setting(Live(checkout, tmp_path, "prod"), "amoisekai").read()
    given = file.read_text().replace(f"image: {old}", f"image: {quote}{old}{quote} # approved").replace("\n", "\r\n")
    file.write_bytes(given.encode())

    Setting(Live(checkout, tmp_path, "prod"), "amoisekai").write(IMAGE)

    assert given.replace(f"{quote}{old}{quote}", IMAGE).encode() == file.read_bytes()


def test_a_link_stays_one(checkout: Path, tmp_path: Path) -> None:
    """What it leads to changes."""
    file, kept = checkout / "Pulumi.prod.yaml", tmp_path / "kept.yaml"
    file.rename(kept)
    file.symlink_to(kept)

    Setting(Live(checkout, tmp_path, "prod"), "amoisekai").write(IMAGE)

    assert (True, True) == (file.is_symlink(), IMAGE in kept.read_text())


def test_of_two_products_with_one_image_one_changes(checkout: Path, tmp_path: Path) -> None:
    """The other's line, above or below, says what it said."""
    file = checkout / "Pulumi.prod.yaml"
    file.write_text(_TWO.format(one="engine:1", other="engine:1"))

    Setting(Live(checkout, tmp_path, "prod"), "amoisekai").write(IMAGE)

    assert _TWO.format(one=IMAGE, other="engine:1") == file.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "config: {'groundwork:b': {engine: {image: &x a}}, 'groundwork:amoisekai': {engine: {image: *x}}}",
        "config: {'groundwork:b': {engine: &x {image: a}}, 'groundwork:amoisekai': {engine: *x}}",
        "config:\n  groundwork:amoisekai:\n    engine:\n      image: a\n      image: b\n",
        "config:\n  groundwork:amoisekai:\n    engine:\n      image: |\n        a\n      cpu: 1\n",
    ],
)
def test_what_stands_for_more_than_the_image_is_left_alone(checkout: Path, tmp_path: Path, text: str) -> None:
    """An alias, a key that stands there twice, a block: nothing is written, and the line is named."""
    file = checkout / "Pulumi.prod.yaml"
    file.write_text(text)

    with pytest.raises(Problem, match="cannot be changed alone") as error:
        Setting(Live(checkout, tmp_path, "prod"), "amoisekai").write(IMAGE)

    assert (ExitCode.CONFIG, text) == (error.value.exit_code, file.read_text())


def test_a_product_without_an_engine_is_a_mistake(checkout: Path, tmp_path: Path) -> None:
    """What names no image cannot be deployed."""
    with pytest.raises(Problem, match=r"groundwork:mangaverse\.engine\.image") as error:
        Setting(Live(checkout, tmp_path, "prod"), "mangaverse").read()

    assert ExitCode.CONFIG is error.value.exit_code


def test_the_sandboxs_image_stays_over_the_declared_one(embedded: Workspace) -> None:
    """The checkout's file is not touched; the copy names the image, and later copies do too."""
    declared = (embedded.checkout / "Pulumi.local.yaml").read_bytes()
    setting = Setting(embedded, "amoisekai")

    setting.write("sandbox/engine:2")

    config = yaml.safe_load(declared)["config"]
    overrides.apply(embedded.overrides, config, "groundwork")
    assert (declared, "sandbox/engine:2") == (
        (embedded.checkout / "Pulumi.local.yaml").read_bytes(),
        setting.read(),
    )
    assert "sandbox/engine:2" == config["groundwork:amoisekai"]["engine"]["image"]


def test_the_declared_image_needs_no_override(embedded: Workspace) -> None:
    """Put back, it is the file's again."""
    setting = Setting(embedded, "amoisekai")
    declared = setting.read()

    setting.write("sandbox/engine:2")
    setting.write(declared)

    assert (declared, b"{}") == (setting.read(), embedded.overrides.read_bytes())


def test_whoever_changes_the_declared_image_means_it(embedded: Workspace) -> None:
    """An override of what is not declared any more says nothing."""
    Setting(embedded, "amoisekai").write("sandbox/engine:2")
    config = {"groundwork:amoisekai": {"engine": {"image": "sandbox/engine:3"}}}

    overrides.apply(embedded.overrides, config, "groundwork")

    assert "sandbox/engine:3" == config["groundwork:amoisekai"]["engine"]["image"]


def test_an_override_of_a_product_that_is_gone_says_nothing(embedded: Workspace) -> None:
    """A stack that holds the product no more is left as it is."""
    Setting(embedded, "amoisekai").write("sandbox/engine:2")
    config: dict[str, object] = {}

    overrides.apply(embedded.overrides, config, "groundwork")

    assert {} == config
