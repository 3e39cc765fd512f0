"""The engine's import file: read, filled in, written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from delivery.importing import file
from delivery.importing.file import PLACEHOLDER, ImportFile, Row
from delivery.importing.live import Live, State
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

START = "urn:pulumi:prod::groundwork::"
#: As `pulumi preview --import-file` of 3.255 writes it: two services of one name, one below a component of the state.
WRITTEN: dict[str, Any] = {
    "nameTable": {"edge": f"{START}groundwork:edge:Edge::edge"},
    "resources": [
        {"type": "groundwork:zone:Zone", "name": "zone", "parent": "edge", "component": True},
        {"type": "groundwork:part:Part", "name": "part", "parent": "zone", "component": True},
        {"type": "railway:index:Service", "name": "engine", "id": PLACEHOLDER, "parent": "part"},
        {
            "type": "railway:index:Volume",
            "name": "engineVolume",
            "logicalName": "engine",
            "id": PLACEHOLDER,
            "parent": "zone",
            "version": "6.23.1",
        },
        {"type": "groundwork:idle:Idle", "name": "idle", "component": True},
        {"type": "kubernetes:core/v1:Pod", "name": "pod", "id": PLACEHOLDER, "parent": "idle"},
    ],
}
EDGE = f"{START}groundwork:edge:Edge"
SERVICE = f"{EDGE}$groundwork:zone:Zone$groundwork:part:Part$railway:index:Service::engine"
VOLUME = f"{EDGE}$groundwork:zone:Zone$railway:index:Volume::engine"


def _filled(*urns: str, state: State | None = None) -> ImportFile:
    whole = ImportFile.model_validate(WRITTEN)
    live = {urn: Live("", f"id-{place}", "", {}, state=state) for place, urn in enumerate(urns)}
    return whole.filled(live, "prod", "groundwork")


def test_rows_have_the_urns_that_the_engine_will_give_them() -> None:
    """Types of all parents, from the name table on; the logical name goes before the file's own."""
    urns = ImportFile.model_validate(WRITTEN).urns("prod", "groundwork")

    assert (SERVICE, VOLUME) == (urns["engine"], urns["engineVolume"])


def test_what_is_matched_is_listed_with_the_components_above_it() -> None:
    """Nothing else is: no other resource, and no component that stays empty."""
    assert ["zone", "part", "engine"] == [row.name for row in _filled(SERVICE).resources]


def test_ids_take_their_placeholders_place() -> None:
    """Each row has the id of its own live thing."""
    rows = {row.name: row.id for row in _filled(SERVICE, VOLUME).resources if not row.component}

    assert {"engine": "id-0", "engineVolume": "id-1"} == rows


def test_the_plugins_version_is_kept() -> None:
    """Another version would be another default provider, and the next update would replace it."""
    assert "6.23.1" == next(row for row in _filled(VOLUME).resources if row.name == "engineVolume").version


def test_only_names_that_are_used_stay_in_the_table() -> None:
    """Nothing matched: nothing is listed at all."""
    assert (ImportFile(), WRITTEN["nameTable"]) == (_filled(), _filled(VOLUME).name_table)


def test_what_no_plugin_can_look_up_is_listed_whole() -> None:
    """Inputs and outputs stand in the file: the engine then asks nobody."""
    state = State({"enabled": True}, {"enabled": True, "jurisdiction": "default"})
    row = _filled(SERVICE, state=state).resources[-1]

    assert (state.inputs, state.outputs) == (row.inputs, row.outputs)


def test_a_part_of_it_has_the_components_above_its_rows() -> None:
    """Of two parts, the second may list a component once more: the engine leaves alone what it has."""
    whole = _filled(SERVICE, VOLUME)

    assert [["zone", "part", "engine"], ["zone", "engineVolume"]] == [
        [row.name for row in whole.only({name}).resources] for name in ("engine", "engineVolume")
    ]


def test_it_is_written_in_the_engines_own_words(tmp_path: Path) -> None:
    """Keys in camelCase, empty ones left out; for this user alone."""
    path = tmp_path / "import.json"

    file.write(path, _filled(VOLUME))

    zone = {"type": "groundwork:zone:Zone", "name": "zone", "parent": "edge", "component": True}
    volume = {**WRITTEN["resources"][3], "id": "id-0"}
    assert {"nameTable": WRITTEN["nameTable"], "resources": [zone, volume]} == json.loads(path.read_bytes())
    assert 0o600 == path.stat().st_mode & 0o777


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Nothing is lost on the way."""
    path = tmp_path / "import.json"
    content = ImportFile(resources=(Row(type="a:index:B", name="b", id="1"),))

    file.write(path, content)

    assert content == file.read(path)


@pytest.mark.parametrize("content", ["", "[]", '{"resources": [{"kind": "no key of a row"}]}'])
def test_another_form_stops_it(tmp_path: Path, content: str) -> None:
    """A newer engine that writes something else is not misread."""
    path = tmp_path / "import.json"
    path.write_text(content)

    with pytest.raises(Problem) as caught:
        file.read(path)

    assert ExitCode.ENGINE is caught.value.exit_code
