"""The engine on a stack of the user's own: nothing of theirs is written to, and no token is an argument."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from delivery.importing import file, own, run
from delivery.importing.file import ImportFile, Row
from delivery.importing.own import Own
from delivery.stacks import Place
from toolchain.events import ignore
from toolchain.tools import Tool

FILE = "config:\n  railway:token:\n    secure: v1:abc\n"
#: Stands for the engine: tells what it was given.
ENGINE = f"""#!{sys.executable}
import json, os, sys
with open(os.environ["SEEN"], "a") as seen:
    json.dump([sys.argv[1:], sys.stdin.read()], seen)
    seen.write("\\n")
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A checkout with a stack file that holds one token."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "Pulumi.yaml").write_text("name: groundwork\n")
    (checkout / "Pulumi.prod.yaml").write_text(FILE)
    return Place(checkout, tmp_path / ".sandbox")


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the engine was given."""
    binary = tmp_path / "bin" / "pulumi"
    binary.parent.mkdir()
    binary.write_text(ENGINE)
    binary.chmod(0o755)
    monkeypatch.setattr(own, "provide", lambda _tools, _emit: {Tool.PULUMI: binary})
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    return tmp_path / "seen"


def test_a_token_of_the_environment_goes_in_by_standard_input(place: Place, seen: Path) -> None:
    """Into the copy, encrypted by the engine; one that the stack file holds is not asked for again."""
    tokens = {"railway:token": "from-" + "outside", "uptimerobot:apiKey": "a-" + "key"}

    made = own.engine(place, "prod", tokens, sys.executable, ignore)

    ((arguments, given),) = [json.loads(line) for line in seen.read_text().splitlines()]
    assert (["config", "set", "--secret", "uptimerobot:apiKey"], "a-key") == (arguments[:4], given)
    assert str(made.workspace.stack_file) in arguments
    assert "a-key" not in " ".join(arguments)


def test_the_users_stack_file_stays_as_it_is(place: Place, seen: Path) -> None:
    """The engine works on a copy, below the sandbox's folder, for this user alone."""
    made = own.engine(place, "prod", {}, sys.executable, ignore)

    assert FILE == (place.checkout / "Pulumi.prod.yaml").read_text() == made.workspace.stack_file.read_text()
    assert made.workspace.stack_file.is_relative_to(place.root)
    assert 0o600 == made.workspace.stack_file.stat().st_mode & 0o777
    assert not seen.exists()


def test_what_the_program_protects_is_imported_protected(place: Place, seen: Path) -> None:
    """The engine has one word for all of a file: so there are two, each with the components above its rows."""
    made = own.engine(place, "prod", {}, sys.executable, ignore)
    rows = (Row(type="a:b:C", name="c", component=True), *(Row(type="a:b:D", name=name, id="1") for name in "de"))
    wanted = ImportFile(resources=tuple(row.model_copy(update={"parent": "c" * (row.name == "e")}) for row in rows))

    run.import_listed(made, wanted, {"urn:pulumi:prod::groundwork::a:b:D::d"})

    asked = [json.loads(line)[0] for line in seen.read_text().splitlines()]
    files = [file.read(Path(arguments[arguments.index("--file") + 1])) for arguments in asked]
    assert [True, False] == ["--protect=true" in arguments for arguments in asked]
    assert [["d"], ["c", "e"]] == [[row.name for row in one.resources] for one in files]


def test_the_users_backend_and_plugins_are_used(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unlike in the sandbox, nothing of the user's environment is dropped."""
    monkeypatch.setenv("PULUMI_BACKEND_URL", "s3://state")
    monkeypatch.setenv("AWS_PROFILE", "prod")

    variables = Own(place.checkout, place.root, "prod").variables(sys.executable, place.root)

    assert ("s3://state", "prod") == (variables["PULUMI_BACKEND_URL"], variables["AWS_PROFILE"])
    assert variables["PATH"].startswith(f"{place.root}{os.pathsep}")
    assert "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION" not in variables
