"""The image that a stack's configuration names for a product's engine: read, and put in its place.

The stack of the sandbox keeps it beside the engine's state, as an override of what `Pulumi.local.yaml` declares; every
other stack keeps it in its own file, where one line changes and every comment stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from delivery import overrides
from delivery.workspace import PROJECT
from toolchain import files
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from delivery.workspace import Workspace


@dataclass(frozen=True)
class Setting:
    """Where the image of a product's engine stands.

    Attributes:
        workspace: the stack's.
        product: the product.
    """

    workspace: Workspace
    product: str

    @property
    def file(self) -> Path:
        """The stack file that the engine reads."""
        return self.workspace.stack_file

    def read(self) -> str:
        """The image that the stack file names.

        Raises:
            Problem: it names none (exit code 3).
        """
        return str(_node(self.file, _text(self.file), self.product).value)

    def write(self, image: str) -> None:
        """Put another image in its place, whole or not at all.

        Raises:
            Problem: there is no such line, or it says more than this image (exit code 3).
            OSError: the file cannot be written.
        """
        text = _text(self.file)
        node = _node(self.file, text, self.product)
        changed = text[: node.start_mark.index] + image + text[node.end_mark.index :]
        wanted = _plain(text)
        wanted["config"][f"{PROJECT}:{self.product}"]["engine"]["image"] = image
        if not _says(changed, wanted):
            raise Problem(
                f"the image of {self.product} cannot be changed alone: it is a block, an alias, or stands there twice",
                where=f"{self.file}, line {node.start_mark.line + 1}",
                fix="write it as one plain text: image: NAME@sha256:DIGEST",
                exit_code=ExitCode.CONFIG,
            )
        if self.workspace.embedded:
            file = self.workspace.checkout / self.file.name
            overrides.keep(self.workspace.overrides, self.product, _node(file, _text(file), self.product).value, image)
        # A link stays one; so do the file's line ends.
        files.write(self.file.resolve(), changed.encode(), mode=self.file.stat().st_mode & 0o777)


def _text(file: Path) -> str:
    return file.read_bytes().decode()


def _says(text: str, wanted: Any) -> bool:  # noqa: ANN401 - any JSON
    try:
        return bool(_plain(text) == wanted)
    except yaml.YAMLError:
        return False


def _plain(text: str) -> Any:  # noqa: ANN401 - any JSON
    """What a stack file says, each alias with values of its own."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def _node(file: Path, text: str, product: str) -> yaml.ScalarNode:
    """Where in a stack file's text the image stands.

    Raises:
        Problem: nowhere (exit code 3).
    """
    path = ("config", f"{PROJECT}:{product}", "engine", "image")
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in path:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
    if not isinstance(node, yaml.ScalarNode):
        what = f"the stack file names no image of an engine: {'.'.join(path[1:])}"
        raise Problem(what, where=str(file), exit_code=ExitCode.CONFIG)
    return node
