"""The stack as a preview declares it, read from the standard output of ``pulumi preview --json --show-sames``."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policies.facts import UNKNOWN, Facts, Value
from policies.sources import Position, place
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: What the engine prints in place of a secret, and what stands for one here.
SECRET = "[secret]"  # noqa: S105 - no secret, but what hides one

# From sdk/go/common/resource/plugin/rpc.go and sdk/go/common/resource/sig/sig.go of Pulumi 3.255.
_UNKNOWNS = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # strings, and whatever has no type; the others are of one type each
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
#: The key of a value that JSON has no form for, and what it then is.
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a constant of the protocol
_FILES = ("c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7")
_OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4"

#: Bytes: a preview of 4,000 resources has some 10 MB; what is this big is no preview.
LARGEST = 256 * 2**20
#: How deep a resource's inputs may nest, lists and objects alike. It keeps whoever walks through them, with a few calls
#: for each level, within the interpreter's 1,000.
DEEPEST = 100
#: An escape of half a character: JSON can hold one, no file and no terminal can.
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")

#: Operations after which the resource is not there any more.
_GONE = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"})
#: Operations after which it is there, as `newState` has it.
_THERE = frozenset(
    {"same", "create", "update", "replace", "create-replacement", "import", "import-replacement", "refresh"}
)
#: What someone else declares: it is looked at, not made.
_READ = frozenset({"read", "read-replacement"})


class NotADigestError(ValueError):
    """What was read is no preview's digest; the message says where it is not."""


@dataclass(frozen=True)
class Resource:
    """One resource as the preview leaves it.

    Attributes:
        urn: ``urn:pulumi:<stack>::<project>::<types>::<name>``.
        token: Pulumi type token, as in ``aws:s3/bucket:Bucket``.
        operation: what the update would do with it.
        custom: whether a provider makes it; a component is not made by one.
        inputs: by their Pulumi names (camelCase); `UNKNOWN` where the preview does not know, `SECRET` for secrets.
        parent: URN of what it hangs below; empty for the stack.
        protect: the `protect` option.
        depends: URNs of the resources that each input was computed from.
        position: line of the program; None: not known.
    """

    urn: str
    token: str
    operation: str
    custom: bool
    inputs: Mapping[str, Value]
    parent: str
    protect: bool
    depends: Mapping[str, tuple[str, ...]]
    position: Position | None

    @property
    def name(self) -> str:
        """The resource's name in the program."""
        return self.urn.split("::", 3)[3]

    def facts(self) -> Facts:
        """The same, as a rule sees it."""
        depends = {key: frozenset(on) for key, on in self.depends.items()}
        return Facts(
            token=self.token, name=self.name, urn=self.urn, props=self.inputs, protect=self.protect, depends=depends
        )


@dataclass(frozen=True)
class Preview:
    """Everything that a preview tells of a stack.

    Attributes:
        stack: the stack's name.
        project: the project's name.
        resources: what is there afterwards, components among it, in the program's order.
        gone: URNs of what is deleted.
    """

    stack: str
    project: str
    resources: tuple[Resource, ...]
    gone: tuple[str, ...]


def read(path: Path) -> Preview:
    """Read a preview.

    Raises:
        Problem: the file cannot be read, or is no whole preview (exit code 13): what cannot be read is not judged.
    """
    try:
        with path.open("rb") as file:  # a pipe and a device do not tell their size: they are read no further
            content = b"" if (large := path.stat().st_size > LARGEST) else file.read(LARGEST + 1)
        if large or len(content) > LARGEST:
            raise NotADigestError(f"it has more than {LARGEST // 2**20} MiB")
        return _preview(_loaded(content))
    except OSError as error:
        raise _unreadable(path, f"it cannot be read: {error.strerror or error}") from error
    except RecursionError as error:
        raise _unreadable(path, "it is nested too deeply") from error
    except ValueError as error:
        raise _unreadable(path, f"{error!s:.200}") from error


def _loaded(content: bytes) -> object:
    """Raises: ValueError: no JSON, or text that is no Unicode."""
    loaded: object = json.loads(content)
    if _HALF.search(content):
        try:
            json.dumps(loaded, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise NotADigestError("it holds text that is no Unicode") from error
    return loaded


def _preview(loaded: object) -> Preview:
    """Raises: NotADigestError: what is wrong with it."""
    steps = loaded.get("steps") if isinstance(loaded, dict) else None
    if not isinstance(steps, list) or not steps:
        raise NotADigestError("it has no steps: a digest holds `steps`, one for each resource")
    resources: dict[str, Resource] = {}
    gone: dict[str, None] = {}
    for number, step in enumerate(steps):
        _step(step, f"steps[{number}]", resources, gone)
    first = next(iter([*resources, *gone]), "urn:pulumi:::")
    stack, _, rest = first.removeprefix("urn:pulumi:").partition("::")
    return Preview(
        stack=stack,
        project=rest.partition("::")[0],
        resources=tuple(resources.values()),
        gone=tuple(urn for urn in gone if urn not in resources),
    )


def _step(step: object, path: str, resources: dict[str, Resource], gone: dict[str, None]) -> None:
    operation, urn = _text(step, "op", path), _text(step, "urn", path)
    if not urn.startswith("urn:pulumi:") or urn.count("::") < 3:  # noqa: PLR2004 - stack, project, types, name
        raise NotADigestError(f"{path}.urn is no URN")
    if operation in _GONE:
        gone[urn] = None
        if urn in resources and resources[urn].operation == "refresh":
            del resources[urn]  # it was looked at before it goes
    elif operation == "refresh" and isinstance(step, dict) and step.get("newState") is None:
        gone[urn] = None  # someone else deleted it
    elif operation in _THERE:
        resources[urn] = _resource(_mapping(step, "newState", path), operation, urn, f"{path}.newState")
    elif operation not in _READ:
        raise NotADigestError(f"{path}.op is {operation!r:.40}, which no known engine does")


def _resource(state: Mapping[str, Any], operation: str, urn: str, path: str) -> Resource:
    inputs = state.get("inputs") or {}
    if not isinstance(inputs, dict):
        raise NotADigestError(f"{path}.inputs is no object")
    depends = state.get("propertyDependencies") or {}
    if not isinstance(depends, dict):
        raise NotADigestError(f"{path}.propertyDependencies is no object")
    token, parent, custom = _text(state, "type", path), state.get("parent"), state.get("custom")
    if not isinstance(custom, bool):
        # Taken for a component, a resource would be judged by nobody.
        raise NotADigestError(f"{path}.custom is neither true nor false")
    return Resource(
        urn=urn,
        token=token,
        operation=operation,
        custom=custom,
        inputs={key: _value(value, f"{path}.inputs.{key!r:.42}", DEEPEST) for key, value in inputs.items()},
        parent=parent if isinstance(parent, str) else "",
        protect=state.get("protect") is True,
        depends={key: _urns(on, f"{path}.propertyDependencies.{key!r:.42}") for key, on in depends.items() if on},
        position=place(state),
    )


def _urns(on: object, path: str) -> tuple[str, ...]:
    if not isinstance(on, list) or not all(isinstance(urn, str) for urn in on):
        raise NotADigestError(f"{path} is no list of URNs")
    return tuple(on)


def _value(value: object, path: str, depth: int) -> Value:
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWNS else value
    if isinstance(value, float) and not math.isfinite(value):
        raise NotADigestError(f"{path} is a number that JSON does not have")
    if value is None or isinstance(value, bool | float | int):
        return value
    if depth == 0:
        raise NotADigestError(f"{path} is nested more than {DEEPEST} deep")
    if isinstance(value, list):
        return [_value(entry, path, depth - 1) for entry in value]
    if not isinstance(value, dict):
        raise TypeError(f"no JSON value: {type(value).__name__}")
    if _SIGNATURE in value:
        return _special(value, path, depth)
    return {key: _value(entry, path, depth - 1) for key, entry in value.items()}


def _special(value: Mapping[str, object], path: str, depth: int) -> Value:
    """A value with a signature; of one that is not known nothing is told, as it may be anything."""
    signature = value[_SIGNATURE]
    if signature == _SECRET_SIGNATURE or value.get("secret") is True:
        return SECRET
    if signature in _FILES:
        return "asset"  # no rule reads into a file; that there is something is what counts
    if signature == _OUTPUT_SIGNATURE and "value" in value:
        return _value(value["value"], path, depth - 1)
    return UNKNOWN


def _text(holder: object, key: str, path: str) -> str:
    value = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(value, str) or not value:
        raise NotADigestError(f"{path}.{key} is missing, or is no text")
    return value


def _mapping(holder: object, key: str, path: str) -> Mapping[str, Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(value, dict):
        raise NotADigestError(f"{path}.{key} is missing, or is no object")
    return value


def _unreadable(path: Path, why: str) -> Problem:
    return Problem(
        f"this is no preview that can be judged: {why}",
        where=str(path),
        allowed="the standard output of `pulumi preview --json --show-sames`",
        fix="run the preview again and give its output, whole",
        exit_code=ExitCode.NOT_JUDGED,
    )


def declared(resources: Sequence[Resource]) -> list[Resource]:
    """What providers make: no components, and no providers themselves."""
    return [resource for resource in resources if resource.custom and not resource.token.startswith("pulumi:")]
