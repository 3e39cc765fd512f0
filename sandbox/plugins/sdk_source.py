"""Where an installed Pulumi SDK declares things, read from its source text without importing it.

Importing `pulumi_cloudflare` costs 1.6 s and `pulumi_aws.ec2` as much again; one class out of their text is found in
milliseconds. The text is generated, hence regular, and `tests/unit/plugins/test_sdk_types.py` holds what is read here
against what the imported classes themselves say.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import json
import re
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from toolchain.errors import ExitCode, Problem

_MODULES = re.compile(r'resource_modules="""\n(.*?)\n"""', re.DOTALL)
_CLASS = re.compile(r"^class (\w+)", re.MULTILINE)
_NEXT = re.compile(r"^(?:class \w+[:(]|@pulumi\.|@_utilities\.|def \w+\(|\w+: TypeAlias|if not MYPY)", re.MULTILINE)
_ALIAS = re.compile(r"^from \.(\.?)(?: |\.)(?:import )?(\w+)(?: as (\w+))?$", re.MULTILINE)

#: CPython 3.11 counts the depth of a tree that it makes for the whole process: two threads that parse at once end with
#: "SystemError: AST constructor recursion depth mismatch" (python/cpython#106905).
_PARSING = threading.Lock()


def parsed(text: str) -> list[ast.stmt]:
    """The statements of a source text; one thread at a time.

    Raises:
        SyntaxError: it is none.
    """
    with _PARSING:
        return ast.parse(text).body


@dataclass(frozen=True)
class Place:
    """A class's place: the folder below the package (``""`` is the package itself) and the class's name."""

    folder: str
    name: str


@dataclass
class SdkSource:
    """The source text of one installed SDK.

    Attributes:
        package: import name, as ``pulumi_aws``.
    """

    package: str
    _texts: dict[Path, str] = field(default_factory=dict, repr=False)
    _positions: dict[Path, dict[str, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def root(self) -> Path:
        """The package's folder.

        Raises:
            Problem: the SDK is not installed.
        """
        spec = importlib.util.find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise Problem(
                f"the Pulumi SDK {self.package} is not installed",
                where=self.package,
                fix="run `make up`, which installs what uv.lock names",
                exit_code=ExitCode.TOOLCHAIN,
            )
        return Path(spec.submodule_search_locations[0])

    @cached_property
    def version(self) -> str:
        """The SDK's version, which is the vendor plugin's version too."""
        return importlib.metadata.version(self.package.replace("_", "-"))

    @cached_property
    def resources(self) -> dict[str, Place]:
        """Every resource token that the SDK registers, with the place of its class."""
        found = _MODULES.search(self.text(self.root / "__init__.py"))
        modules = json.loads(found[1]) if found else []
        return {
            token: Place(module["fqn"].removeprefix(self.package).removeprefix(".").replace(".", "/"), name)
            for module in modules
            for token, name in module["classes"].items()
        }

    def text(self, path: Path) -> str:
        """A file's text, read once; empty when there is no such file."""
        if path not in self._texts:
            self._texts[path] = path.read_text(encoding="utf-8") if path.is_file() else ""
        return self._texts[path]

    def resource_file(self, token: str) -> Path | None:
        """The file that declares a resource: the one its name suggests, else the one in its folder that holds it."""
        place = self.resources.get(token)
        if place is None:
            return None
        folder = self.root / place.folder
        mark = f"'{token}',\n"
        likely = folder / f"{_snake(token.split(':')[1].rpartition('/')[2])}.py"
        for path in (likely, *sorted(folder.glob("*.py"))):
            if mark in self.text(path) and place.name in self._classes(path):
                return path
        return None

    def class_node(self, path: Path, name: str) -> ast.ClassDef | None:
        """The syntax tree of one class of a file; the rest of the file is not parsed."""
        text = self.text(path)
        start = self._classes(path).get(name)
        if start is None:
            return None
        end = _NEXT.search(text, text.index("\n", start))
        node = parsed(text[start : end.start() if end else len(text)])[0]
        return node if isinstance(node, ast.ClassDef) else None

    def find(self, reference: str, near: Path) -> tuple[Path, str] | None:
        """Where the class is that an annotation in the file `near` names (``XArgs``, ``_iam.XArgs``, ``outputs.X``)."""
        module, _, name = reference.rpartition(".")
        folder = near.parent
        if module == "outputs":
            files = [folder / "outputs.py"]
        elif module:
            files = self._inputs(self._aliased(near).get(module, self.root / module))
        else:
            files = [near, *self._inputs(folder), *self._inputs(self.root)]
        return next(((path, name) for path in files if name in self._classes(path)), None)

    def _aliased(self, path: Path) -> dict[str, Path]:
        """What ``from .. import iam as _iam`` and its like in a file mean: name -> folder."""
        found = {}
        for up, name, alias in _ALIAS.findall(self.text(path)):
            folder = (path.parent.parent if up else path.parent) / name
            found[alias or name] = folder
        return found

    @staticmethod
    def _inputs(folder: Path) -> list[Path]:
        return [folder / "_inputs.py", folder / "_enums.py"]

    def _classes(self, path: Path) -> dict[str, int]:
        if path not in self._positions:
            self._positions[path] = {found[1]: found.start() for found in _CLASS.finditer(self.text(path))}
        return self._positions[path]


def _snake(name: str) -> str:
    """``bucketVersioning`` -> ``bucket_versioning``, ``bucketV2`` -> ``bucket_v2``, as the generator names files."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
