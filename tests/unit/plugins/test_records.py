"""The store of recorded resources."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.kit import ProviderError
from sandbox.plugins.records import Record, Records
from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = "a value that may be a secret"
TOKEN = "grafana:oss/folder:Folder"  # noqa: S105 - a resource type


def _record(identity: str = "id") -> Record:
    return Record(TOKEN, identity, "urn:x", "2026-01-01T00:00:00+00:00", {"title": HIDDEN}, {"title": HIDDEN, "n": 1})


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A record is read as it was written, by another process too."""
    Records.below(tmp_path, "grafana").write(_record())
    assert _record() == Records.below(tmp_path, "grafana").read(TOKEN, "id")


def test_values_are_not_in_plain_text(tmp_path: Path) -> None:
    """No file holds a property's value in plain text."""
    Records.below(tmp_path, "grafana").write(_record())
    assert [] == [path for path in _files(tmp_path) if HIDDEN.encode() in path.read_bytes()]


def test_files_are_the_users_alone(tmp_path: Path) -> None:
    """Records and key are readable by the user only."""
    Records.below(tmp_path, "grafana").write(_record())
    assert {0o600} == {path.stat().st_mode & 0o777 for path in _files(tmp_path)}
    assert {0o700} == {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_dir()}


def test_no_record_is_none(tmp_path: Path) -> None:
    """What was never recorded is None."""
    assert Records.below(tmp_path, "grafana").read(TOKEN, "id") is None


def test_removed_record_is_none(tmp_path: Path) -> None:
    """A record that was removed is None, and removing it again is no error."""
    records = Records.below(tmp_path, "grafana")
    records.write(_record())
    records.remove(TOKEN, "id")
    records.remove(TOKEN, "id")
    assert records.read(TOKEN, "id") is None


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[]", b'{"values": "x"}'])
def test_damaged_record_is_named(tmp_path: Path, content: bytes) -> None:
    """A damaged record is an error that names its file, never a resource that is gone."""
    records = Records.below(tmp_path, "grafana")
    records.write(_record())
    (path,) = (tmp_path / "recorded" / "grafana").glob("*.json")
    path.write_bytes(content)
    with pytest.raises(ProviderError, match=path.name):
        records.read(TOKEN, "id")


def test_other_key_is_an_error(tmp_path: Path) -> None:
    """A record written with another key is an error, not a record without values."""
    Records.below(tmp_path, "grafana").write(_record())
    (tmp_path / "recorded" / "key").unlink()
    with pytest.raises(ProviderError, match="cannot be read"):
        Records.below(tmp_path, "grafana").read(TOKEN, "id")


def test_first_key_is_the_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin that makes a key while another puts its own in place takes the other's."""
    mine, other = Fernet.generate_key(), Fernet.generate_key()

    def slow() -> bytes:
        files.write(tmp_path / "recorded" / "key", other)
        return mine

    monkeypatch.setattr(Fernet, "generate_key", slow)
    records = Records.below(tmp_path, "grafana")
    records.write(_record())
    assert other == (tmp_path / "recorded" / "key").read_bytes()
    assert _record() == Records.below(tmp_path, "grafana").read(TOKEN, "id")


def test_plugins_that_start_at_once_read_each_other(tmp_path: Path) -> None:
    """Plugins that start at once agree on one key: each reads what the others wrote."""
    barrier = threading.Barrier(8)

    def write(number: int) -> None:
        barrier.wait(timeout=10)
        Records.below(tmp_path, f"plugin-{number % 4}").write(_record(str(number)))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    read = [Records.below(tmp_path, f"plugin-{number % 4}").read(TOKEN, str(number)) for number in range(8)]
    assert [_record(str(number)) for number in range(8)] == read


IDS = st.text(min_size=1, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(IDS, min_size=2, max_size=4, unique=True))
def test_any_ids_are_kept_apart(tmp_path: Path, ids: list[str]) -> None:
    """Whatever an id holds, slashes and dots too, each has a record of its own, inside the folder."""
    records = Records.below(tmp_path, "grafana")
    for identity in ids:
        records.write(_record(identity))
    assert ids == [found.id for identity in ids if (found := records.read(TOKEN, identity))]
    assert all(path.is_relative_to(tmp_path / "recorded") for path in _files(tmp_path))
