"""The image that a stack's configuration names for a product's engine: read, and put in its place.

The stack of the sandbox keeps it beside the engine's state, as an override of what `Pulumi.local.yaml` declares; every
other stack keeps it in its own file, where one line changes and every comment stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        return str(_node(self.file, self.product).value)

    def write(self, image: str) -> None:
        """Put another image in its place, whole or not at all.

        Raises:
            Problem: there is no such line (exit code 3).
            OSError: the file cannot be written.
        """
        if self.workspace.embedded:
            declared = _node(self.workspace.checkout / self.file.name, self.product).value
            overrides.keep(self.workspace.overrides, self.product, declared, image)
        text, node = self.file.read_text(encoding="utf-8"), _node(self.file, self.product)
        text = text[: node.start_mark.index] + image + text[node.end_mark.index :]
        files.write(self.file, text.encode(), mode=self.file.stat().st_mode & 0o777)


def _node(file: Path, product: str) -> yaml.ScalarNode:
    """Where in a stack file the image stands.

    Raises:
        Problem: nowhere (exit code 3).
    """
    path = ("config", f"{PROJECT}:{product}", "engine", "image")
    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    for key in path:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
    if not isinstance(node, yaml.ScalarNode):
        what = f"the stack file names no image of an engine: {'.'.join(path[1:])}"
        raise Problem(what, where=str(file), exit_code=ExitCode.CONFIG)
    return node
