"""The stack as a preview declares it, read from the standard output of ``pulumi preview --json --show-sames``."""

from __future__ import annotations

import json
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
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a constant of the protocol

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
        loaded = json.loads(path.read_bytes())
        return _preview(loaded)
    except OSError as error:
        raise _unreadable(path, f"it cannot be read: {error.strerror}") from error
    except RecursionError as error:
        raise _unreadable(path, "it is nested too deeply") from error
    except ValueError as error:
        raise _unreadable(path, str(error)) from error


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
    elif operation in _THERE:
        resources[urn] = _resource(_mapping(step, "newState", path), operation, urn, f"{path}.newState")
    elif operation not in _READ:
        raise NotADigestError(f"{path}.op is {operation!r:.40}, which no known engine does")


def _resource(state: Mapping[str, Any], operation: str, urn: str, path: str) -> Resource:
    inputs = _value(state.get("inputs") or {})
    if not isinstance(inputs, dict):
        raise NotADigestError(f"{path}.inputs is no object")
    depends = state.get("propertyDependencies") or {}
    if not isinstance(depends, dict):
        raise NotADigestError(f"{path}.propertyDependencies is no object")
    return Resource(
        urn=urn,
        token=_text(state, "type", path),
        operation=operation,
        custom=state.get("custom") is True,
        inputs=inputs,
        parent=str(state.get("parent") or ""),
        protect=state.get("protect") is True,
        depends={key: tuple(map(str, on)) for key, on in depends.items() if isinstance(on, list) and on},
        position=place(state),
    )


def _value(value: object) -> Value:
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWNS else value
    if value is None or isinstance(value, bool | float | int):
        return value
    if isinstance(value, list):
        return [_value(entry) for entry in value]
    if not isinstance(value, dict):
        raise TypeError(f"no JSON value: {type(value).__name__}")
    if (signature := value.get(_SIGNATURE)) is not None:
        # An asset or archive: no rule reads into a file; that there is something is what counts.
        return SECRET if signature == _SECRET_SIGNATURE else "asset"
    return {key: _value(entry) for key, entry in value.items()}


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
