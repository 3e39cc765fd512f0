"""Previews for tests: the JSON that the engine prints, and what is read from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policies.preview import read

if TYPE_CHECKING:
    from pathlib import Path

    from policies.preview import Preview

#: What the engine prints for a value that it does not know, and around what has no form in JSON.
UNKNOWN_JSON = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET_JSON = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "hidden-in-there"}


def urn(token: str, name: str = "thing", *, parents: str = "") -> str:
    """The URN of a resource of the stack `local`."""
    return f"urn:pulumi:local::groundwork::{parents}{token}::{name}"


def step(token: str, inputs: object = None, *, name: str = "thing", op: str = "create", **state: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """One step; `state` adds to its `newState`, or changes it."""
    found = {
        "urn": urn(token, name),
        "custom": True,
        "type": token,
        "inputs": {} if inputs is None else inputs,
        **state,
    }
    return {"op": op, "urn": found["urn"], "newState": found}


def preview(folder: Path, *steps: object) -> Preview:
    """What is read from a digest of these steps."""
    path = folder / "preview.json"
    path.write_text(json.dumps({"steps": list(steps)}), "utf-8")
    return read(path)
