"""The command that writes a table from the vendor's plugin: here a stand-in prints what the plugin would."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov import derive
from policies.checkov.table import text
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

BUCKET, LEGACY, ACL = "x:s3/bucket:Bucket", "x:s3/bucketV2:BucketV2", "x:waf/acl:Acl"


def field(kind: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A field of a Terraform schema, optional, with what else the plugin tells."""
    return {"type": kind, "optional": True, **more}


#: A block that is long enough to be written once, in three places.
STATEMENT = {"resource": {f"field_to_match_{number}": field(4) for number in range(20)}}
#: What the plugin prints, as `MarshallableProvider` of the bridge has it: more than the bridge over here reads.
MAPPING: dict[str, Any] = {
    "provider": {
        "schema": {"access_key": field(4), "endpoints": field(7, element={"resource": {"s3": field(4)}})},
        "resources": {
            "x_bucket": {
                "arn": {"type": 4, "computed": True},
                "bucket": field(4, forceNew=True, computed=True),
                "rule": field(5, element={"resource": {"id": {"type": 4, "required": True}, "odd": field(4)}}),
                "rules": {"type": 5, "computed": True},
                "versioning": field(5, maxItems=1, element={"resource": {"enabled": field(1)}}),
                "name": field(4, deprecated="do not"),
            },
            "x_bucket_legacy": {"versioning": field(5, maxItems=1, element={"resource": {"enabled": field(1)}})},
            "x_acl": {
                "rule": field(7, element={"resource": {"statement": field(5, maxItems=1, element=STATEMENT)}}),
                "not": field(5, maxItems=1, element=STATEMENT),
                "map": field(6, element={"schema": {"type": 6, "element": STATEMENT}}),
            },
            "x_unused": {"id": field(4)},
        },
        "dataSources": {"x_bucket": {}},
    },
    "name": "x",
    "version": "1.2.3",
    "config": {"access_key": {"name": "accessKey", "typeomitempty": "", "default": {"envvars": ["A"]}}},
    "resources": {
        "x_bucket": {
            "tok": BUCKET,
            "fields": {
                "name": {"name": "bucketName", "typeomitempty": ""},
                "rule": {"element": {"fields": {"odd": {"name": "even"}}}},
            },
            "idFields": None,
        },
        "x_bucket_legacy": {"tok": LEGACY, "fields": {"versioning": {"maxItemsOne": False, "typeomitempty": ""}}},
        "x_acl": {"tok": ACL, "fields": {}},
        "x_unused": {"tok": "x:other:Other", "fields": {}},
    },
    "dataSources": {},
}


def stand_in(folder: Path, program: str) -> Path:
    """A `pulumi` that does what `program` does; `sys.argv` are the arguments."""
    path = folder / "pulumi"
    path.write_text(f"#!{sys.executable}\nimport json, pathlib, sys\n{program}\n", "utf-8")
    path.chmod(0o700)
    return path


def printing(folder: Path, mapping: object) -> Path:
    """A `pulumi` that writes a mapping to where it is told, and what it was asked beside it."""
    (folder / "mapping").write_text(json.dumps(mapping), "utf-8")
    return stand_in(
        folder,
        f"pathlib.Path({str(folder / 'asked')!r}).write_text(' '.join(sys.argv[1:-1]))\n"
        f"pathlib.Path(sys.argv[-1]).write_text(pathlib.Path({str(folder / 'mapping')!r}).read_text())",
    )


@pytest.fixture(name="table")
def _table(tmp_path: Path) -> dict[str, Any]:
    """The table of three types, as the command writes it."""
    path = derive.derive("x", [BUCKET, LEGACY, ACL], pulumi=printing(tmp_path, MAPPING), folder=tmp_path)
    assert path == tmp_path / "x.json"
    return dict(json.loads(path.read_bytes()))


def test_the_plugin_is_asked(tmp_path: Path, table: dict[str, Any]) -> None:
    """The engine is asked for the mapping of the package."""
    assert table
    assert (tmp_path / "asked").read_text("utf-8") == "package get-mapping terraform x -o"


def test_the_types_that_are_used_are_kept(table: dict[str, Any]) -> None:
    """A type that nobody uses is left out."""
    assert {name: info["tok"] for name, info in table["resources"].items()} == {
        "x_acl": ACL,
        "x_bucket": BUCKET,
        "x_bucket_legacy": LEGACY,
    }
    assert set(table["provider"]["resources"]) == set(table["resources"])


def test_inputs_are_kept_and_what_the_bridge_reads_of_them(table: dict[str, Any]) -> None:
    """What a provider computes is no input; of the others their type, number of entries and elements stay."""
    assert table["provider"]["resources"]["x_bucket"] == {
        "bucket": {"type": 4, "optional": True},
        "name": {"type": 4, "optional": True},
        "rule": {
            "type": 5,
            "optional": True,
            "element": {"resource": {"id": {"type": 4, "required": True}, "odd": {"type": 4, "optional": True}}},
        },
        "versioning": {
            "type": 5,
            "optional": True,
            "maxItems": 1,
            "element": {"resource": {"enabled": {"type": 1, "optional": True}}},
        },
    }


def test_names_of_their_own_are_kept(table: dict[str, Any]) -> None:
    """What Pulumi calls otherwise, at any depth; also what a field that is left out makes so."""
    assert table["resources"]["x_bucket"]["fields"] == {
        "name": {"name": "bucketName"},
        # The plural was taken by a field that is computed.
        "rule": {"name": "rule", "element": {"fields": {"odd": {"name": "even"}}}},
    }
    assert table["resources"]["x_bucket_legacy"]["fields"] == {"versioning": {"maxItemsOne": False}}


def test_a_block_in_several_places_is_written_once(table: dict[str, Any]) -> None:
    """What repeats stands under `shared`, and each place says which."""
    acl = table["provider"]["resources"]["x_acl"]

    ((name, block),) = table["shared"].items()
    assert block == {f"field_to_match_{number}": {"type": 4, "optional": True} for number in range(20)}
    assert acl["not"]["element"] == {"shared": name}
    assert acl["map"]["element"]["schema"]["element"] == {"shared": name}
    assert acl["rule"]["element"]["resource"]["statement"]["element"] == {"shared": name}


def test_the_providers_configuration_is_kept(table: dict[str, Any]) -> None:
    """What a provider is told is kept, but where a test cloud is."""
    assert table["provider"]["schema"] == {"access_key": {"type": 4, "optional": True}}


def test_a_table_says_where_it_is_from(table: dict[str, Any]) -> None:
    """Name and version are the plugin's, the note names the command."""
    assert (table["name"], table["version"]) == ("x", "1.2.3")
    assert "get-mapping terraform x" in table["note"]


def test_a_table_is_written_anew_for_the_types_that_it_has(tmp_path: Path) -> None:
    """Without tokens, the types of the table that is there are those of the new one."""
    pulumi = printing(tmp_path, MAPPING)
    first = derive.derive("x", [BUCKET], pulumi=pulumi, folder=tmp_path).read_text("utf-8")

    assert derive.derive("x", [], pulumi=pulumi, folder=tmp_path).read_text("utf-8") == first
    assert text(json.loads(first)) == first


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("sys.exit('no plugin here')", "no plugin here"),
        ("pass", "gave nothing"),
        ("pathlib.Path(sys.argv[-1]).write_text('<html>')", "no JSON"),
        ("pathlib.Path(sys.argv[-1]).write_text('[]')", "another shape"),
        ("pathlib.Path(sys.argv[-1]).write_text('{}')", "another shape"),
    ],
)
def test_without_the_plugin_the_table_stays(tmp_path: Path, program: str, why: str) -> None:
    """A mapping that cannot be had is a problem, and the table is as it was."""
    (tmp_path / "x.json").write_text('{"resources": {}}', "utf-8")
    with pytest.raises(Problem, match=why) as caught:
        derive.derive("x", [], pulumi=stand_in(tmp_path, program), folder=tmp_path)

    assert caught.value.exit_code is ExitCode.TOOLCHAIN
    assert (tmp_path / "x.json").read_text("utf-8") == '{"resources": {}}'


def test_without_the_engine_the_table_stays(tmp_path: Path) -> None:
    """An engine that is not there is a problem too."""
    with pytest.raises(Problem, match="did not run"):
        derive.derive("x", [BUCKET], pulumi=tmp_path / "none", folder=tmp_path)


def test_a_type_that_the_plugin_does_not_have_is_told(tmp_path: Path) -> None:
    """A type that is used and is gone from the plugin does not vanish from the table in silence."""
    with pytest.raises(Problem, match="x:gone:Gone"):
        derive.derive("x", ["x:gone:Gone"], pulumi=printing(tmp_path, MAPPING), folder=tmp_path)


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what it needs, and a problem in one screen with its exit code."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert derive.main(["x"]) == ExitCode.USAGE
    stand_in(tmp_path, "sys.exit('no plugin here')")

    assert derive.main(["x"]) == ExitCode.TOOLCHAIN
    assert derive.main([]) == ExitCode.USAGE
    assert "no plugin here" in capsys.readouterr().err
