"""What a preview would still change: names of properties, never their values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from delivery.importing import differences
from delivery.importing.differences import Difference

if TYPE_CHECKING:
    from pathlib import Path

URN = "urn:pulumi:local::groundwork::railway:index:Service::engine"


def _read(tmp_path: Path, *steps: dict[str, Any]) -> list[Difference]:
    path = tmp_path / "digest"
    path.write_text(json.dumps({"steps": [{"urn": URN, "detailedDiff": None, **step} for step in steps]}))
    return list(differences.read(path).values())


def test_what_stays_as_it_is_is_no_difference(tmp_path: Path) -> None:
    """Read, refreshed, the same."""
    assert [] == _read(tmp_path, {"op": "refresh"}, {"op": "read"}, {"op": "same"})


def test_a_change_is_told_by_its_properties(tmp_path: Path) -> None:
    """Paths as the engine has them, sorted, each once."""
    diff = {"rules[0].enabled": {"kind": "update"}, "name": {"kind": "update"}}

    found = _read(tmp_path, {"op": "update", "detailedDiff": diff, "diffReasons": ["rules", "name"]})

    assert [Difference(URN, "update", ("name", "rules[0].enabled"))] == found


def test_without_paths_the_properties_are_told(tmp_path: Path) -> None:
    """A provider that tells no more than that."""
    assert [Difference(URN, "update", ("rules",))] == _read(tmp_path, {"op": "update", "diffReasons": ["rules"]})


def test_a_replacement_is_told_once(tmp_path: Path) -> None:
    """The engine lists its three steps, and only two of them with a reason."""
    steps = [{"op": name, "replaceReasons": ["domain"]} for name in ("replace", "create-replacement")]

    assert [Difference(URN, "replace", ("domain",))] == _read(tmp_path, {"op": "delete-replaced"}, *steps)


def test_a_key_that_may_be_anything_is_left_out(tmp_path: Path) -> None:
    """A header's name in quotation marks could be what someone pasted."""
    diff = {'customHttpHeaders["X-Key s3cret"]': {"kind": "add"}}

    assert [("customHttpHeaders[…]",)] == [
        one.properties for one in _read(tmp_path, {"op": "update", "detailedDiff": diff})
    ]
