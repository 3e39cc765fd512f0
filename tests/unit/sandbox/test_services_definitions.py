"""What each service is started with."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.credentials import Credentials, User
from sandbox.layout import Layout
from sandbox.services import catalogue
from sandbox.services.service import Name, Service, surroundings
from sandbox.services.setting import Setting
from sandbox.services.versitygw import keeps_attributes

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    """A setting as a first start makes it."""
    layout = Layout(tmp_path / ".sandbox")
    layout.prepare()
    credentials = Credentials(layout.credentials)
    credentials.ensure()
    credentials.write_kubeconfigs("https://127.0.0.1:20001")
    return Setting(
        layout=layout,
        ports={name: 20_000 + number for number, name in enumerate(Name)},
        binaries={name: Path("/opt") / name for name in Name},
        checkout=tmp_path,
        python=Path(sys.executable),
    )


@pytest.fixture
def services(setting: Setting) -> Sequence[Service]:
    """All services."""
    return catalogue.define(setting)


def test_every_service_is_there_once_after_those_that_it_needs(services: Sequence[Service]) -> None:
    """The catalogue is complete and in order."""
    names = [service.name for service in services]

    early = [need for position, service in enumerate(services) for need in service.needs if need in names[position:]]
    assert (set(Name), len(Name), []) == (set(names), len(names), early)


def test_no_secret_is_in_any_command(services: Sequence[Service], setting: Setting) -> None:
    """Every user of the machine may read a command line."""
    credentials = setting.credentials
    secrets = {credentials.token(user) for user in User}
    secrets |= {credentials.keys().access_key_id, credentials.keys().secret_access_key}
    secrets.add(credentials.edge_token.read_text())

    said = "\n".join(word for service in services for word in service.command)
    assert [] == [secret for secret in secrets if secret in said]


def test_only_the_object_store_is_given_its_keys(services: Sequence[Service], setting: Setting) -> None:
    """No other service's environment holds them."""
    secret = setting.credentials.keys().secret_access_key

    assert [Name.OBJECT_STORE] == [service.name for service in services if secret in service.environment.values()]


def test_each_service_has_its_recorded_port(services: Sequence[Service], setting: Setting) -> None:
    """Each command names its port, and no service another's."""
    silent = [service.name for service in services if not any(str(service.port) in word for word in service.command)]

    ports = [setting.ports[service.name] for service in services]
    assert ([], ports) == (silent, [service.port for service in services])


def test_the_users_own_clouds_are_not_passed_on() -> None:
    """A service inherits a short list of variables, none with somebody's credentials."""
    user = {"PATH": "/bin", "HOME": "/home/a", "AWS_SECRET_ACCESS_KEY": "x", "KUBECONFIG": "y", "https_proxy": "p"}

    assert {"LANG": "C.UTF-8", "TZ": "UTC", "PATH": "/bin", "HOME": "/home/a"} == surroundings(user)


def test_another_executable_asks_for_another_run(setting: Setting) -> None:
    """A rebuilt binary, or another port, is noticed; a new terminal is not."""
    binary = setting.layout.root / "etcd-binary"
    binary.write_bytes(b"one")
    binary.chmod(0o700)
    changed = Setting(
        layout=setting.layout,
        ports=setting.ports,
        binaries={**setting.binaries, Name.ETCD: binary},
        checkout=setting.checkout,
        python=setting.python,
    )
    before = _fingerprint(changed)
    same = _fingerprint(changed)
    binary.write_bytes(b"another")

    assert (True, False) == (before == same, before == _fingerprint(changed))


def _fingerprint(setting: Setting) -> str:
    return catalogue.fingerprint(catalogue.define(setting), setting)


@pytest.mark.parametrize(
    ("name", "anew"),
    [("node/pod.py", True), ("railway/x.graphql", True), ("plugins/aws.py", False), ("node/notes.md", False)],
)
def test_other_code_of_ours_asks_for_another_run(
    setting: Setting,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    anew: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """After a `git pull` the node runs its new code; the stand-ins are no part of what runs on."""
    monkeypatch.setattr(catalogue, "_PACKAGE", tmp_path / "checkout" / "sandbox")
    path = tmp_path / "checkout" / "sandbox" / name
    path.parent.mkdir(parents=True)
    path.write_text("one")
    before = _fingerprint(setting)
    path.write_text("two")

    assert anew == (before != _fingerprint(setting))


@pytest.mark.parametrize("name", ["object_store_keys", "edge_token"])
def test_another_credential_asks_for_another_run(setting: Setting, name: str) -> None:
    """A service goes on with the keys that it read when it was started."""
    before = _fingerprint(setting)
    getattr(setting.credentials, name).unlink()
    setting.credentials.ensure()

    assert before != _fingerprint(setting)


def test_a_service_can_be_left_out(setting: Setting) -> None:
    """The rest is as it was."""
    names = [service.name for service in catalogue.define(setting, frozenset({Name.NODE}))]

    assert [name for name in Name if name is not Name.NODE] == names


def test_metadata_goes_beside_the_objects_where_attributes_are_not_kept(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without extended attributes still holds a bucket."""

    def refuse(*_arguments: object) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(os, "setxattr", refuse)
    store = next(service for service in catalogue.define(setting) if service.name == Name.OBJECT_STORE)

    assert f"--sidecar={setting.layout.object_metadata}" in store.command


def test_asking_for_attributes_leaves_nothing_behind(tmp_path: Path) -> None:
    """The server would take a file in that folder for a bucket."""
    keeps_attributes(tmp_path)

    assert list(tmp_path.iterdir()) == []
