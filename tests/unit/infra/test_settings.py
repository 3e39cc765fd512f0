"""Stack files: what is wrong is said all at once, with the key, what is allowed and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.settings import STACKS, SettingsProblem, check_file
from infra.stackfile import ESCAPE_HATCH, SECRETS, StackConfig
from tests.unit.infra.files import CHECKOUT, DELETE, mistakes, written
from toolchain.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("stack", STACKS)
def test_the_stack_files_of_the_tree_are_right(stack: str) -> None:
    """Each stack file passes, but for the secrets that only a fork has."""
    assert isinstance(check_file(CHECKOUT / f"Pulumi.{stack}.yaml", secrets=False), StackConfig)


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    """A slip of the pen is answered with the key that was meant."""
    assert ["groundwork:storageClas: unknown key (did you mean storageClass?)"] == mistakes(
        written(tmp_path, changes={"storageClas": "gp3"})
    )


def test_a_nested_unknown_key_names_the_nearest_of_its_own_level(tmp_path: Path) -> None:
    """Below a key, only that key's own children are offered."""
    assert ["groundwork:amoisekai.backup.memry: unknown key (did you mean memory?)"] == mistakes(
        written(tmp_path, changes={"amoisekai.backup.memry": 1})
    )


def test_a_key_without_a_namespace_is_unknown(tmp_path: Path) -> None:
    """`owner` alone would be read by nobody: it is a mistake too."""
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("groundwork:owner", "ownr"), encoding="utf-8")

    assert "groundwork:ownr: unknown key (did you mean owner?)" in mistakes(path)


def test_keys_of_providers_are_let_be(tmp_path: Path) -> None:
    """What a provider understands is for that provider to judge."""
    path = written(tmp_path, changes={"kubernetes:context": "anything"})

    assert isinstance(check_file(path, secrets=False), StackConfig)


def test_a_refused_value_is_repeated_in_part(tmp_path: Path) -> None:
    """A person finds the value again; a secret that was put in the wrong place is not shown whole."""
    (line,) = mistakes(written(tmp_path, changes={"owner": "Not A Label, and far too long"}))

    assert "groundwork:owner: 'Not A Label, and far too' is not accepted (allowed: 1 to 63 of a-z, 0-9 and '-')" == line


def test_a_missing_key_says_what_is_allowed(tmp_path: Path) -> None:
    """The message of a missing key is enough to add it."""
    assert ["groundwork:replicateCopies: missing (allowed: true or false)"] == mistakes(
        written(tmp_path, changes={"replicateCopies": DELETE})
    )


def test_all_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    """Nobody mends one key only to be told of the next."""
    found = mistakes(
        written(tmp_path, changes={"owner": "Not A Label", "bucketSuffix": 5, "imges": {}, "storageClass": DELETE})
    )

    assert {"groundwork:owner", "groundwork:bucketSuffix", "groundwork:imges", "groundwork:storageClass"} == {
        line.split(": ")[0] for line in found
    }


@pytest.mark.parametrize(
    ("stack", "key", "value"),
    [
        ("local", "owner", ""),
        ("local", "products", []),
        ("local", "products", ["amoisekai", "amoisekai"]),
        ("local", "products", ["atari"]),
        ("local", "products", "amoisekai"),
        ("local", "images", {}),
        ("local", "images", {"backup": "sandbox/backup"}),
        ("local", "images", {"backup": "sandbox/backup:dev", "other": "sandbox/other:dev"}),
        ("prod", "images", {"backup": "sandbox/backup:dev"}),
        ("prod", "images", {"backup": "ghcr.io/a/b:latest"}),
        ("prod", "images", {"backup": "ghcr.io/a/b@sha256:" + "0" * 63}),
        ("local", "allowUnprotected", "yes"),
        ("local", "allowUnprotected", False),
        ("staging", "allowUnprotected", ESCAPE_HATCH),
        ("local", "cloudflareAccountId", "g" * 32),
        ("local", "objectStoreLocation", "europe"),
        ("local", "objectStoreEndpoint", "127.0.0.1:7070"),
        ("local", "objectStoreEndpoint", "http://10.0.0.1:7070"),
        ("local", "objectStoreEndpoint", "http://user@127.0.0.1"),
        ("local", "objectStoreEndpoint", "http://127.0.0.1:0"),
        ("prod", "copyStoreEndpoint", "https://s3.example.com:70000"),
        ("prod", "copyStoreEndpoint", "https://[s3.example.com"),
        ("prod", "copyStoreEndpoint", "http://127.0.0.1:7070"),
        ("prod", "copyStoreEndpoint", "https://s3.amazonaws.com/bucket"),
        ("local", "objectStoreRegion", "somewhere"),
        ("local", "bucketSuffix", "Upper"),
        ("local", "bucketSuffix", "x" * 21),
        ("local", "replicateCopies", "yes"),
        ("local", "replicateCopies", 1),
        ("local", "copyReplicaRegion", "us-east-1"),
        ("local", "aws:region", "mars"),
        ("local", "amoisekai", {}),
        ("local", "amoisekai", None),
    ],
)
def test_a_wrong_value_names_its_key_and_what_is_allowed(tmp_path: Path, stack: str, key: str, value: object) -> None:
    """Every rule of a stack file refuses, naming the key and what it takes."""
    full = key if ":" in key else f"groundwork:{key}"
    found = mistakes(written(tmp_path, stack, {key: value}))

    assert found
    assert all(line.startswith(full) and "allowed: " in line for line in found)


@pytest.mark.parametrize(
    ("part", "value"), [("cpu", "0"), ("cpu", "0.5"), ("memory", "512"), ("memory", "0Mi"), ("scratch", "4GB")]
)
def test_a_wrong_quantity_says_its_form(tmp_path: Path, part: str, value: str) -> None:
    """A size in the wrong form is refused here, not by the cluster later."""
    (line,) = mistakes(written(tmp_path, changes={f"amoisekai.backup.{part}": value}))

    assert line.startswith(f"groundwork:amoisekai.backup.{part}: {value!r}")


@pytest.mark.parametrize("name", ["../a.db", "/a.db", "a", ".db", "a b.db"])
def test_a_database_is_a_plain_file_name(tmp_path: Path, name: str) -> None:
    """A path could leave the volume."""
    assert ["groundwork:amoisekai.database"] == [
        line.split(": ")[0] for line in mistakes(written(tmp_path, changes={"amoisekai.database": name}))
    ]


@pytest.mark.parametrize("key", SECRETS)
def test_a_missing_secret_gives_the_command_that_sets_it(tmp_path: Path, key: str) -> None:
    """The command names the stack and the key, and leaves the value out: it is asked for."""
    lines = mistakes(written(tmp_path, "staging"), secrets=True)
    (line,) = [line for line in lines if line.startswith(f"{key}: missing secret")]

    assert line.endswith(f"set it with: pulumi config set --stack staging --secret {key})")


@pytest.mark.parametrize("value", ["in plain sight", {"secure": ""}, {"secure": "v1:x", "more": 1}, 5])
def test_a_secret_in_plain_text_is_refused_and_not_repeated(tmp_path: Path, value: object) -> None:
    """A secret that is not encrypted is a mistake, and the message does not show it once more."""
    (line,) = mistakes(written(tmp_path, changes={"objectStoreSecretAccessKey": value}))

    assert line.startswith("groundwork:objectStoreSecretAccessKey: a secret in plain text")
    assert "in plain sight" not in line


def test_encrypted_secrets_pass(tmp_path: Path) -> None:
    """A stack file as `pulumi config set --secret` leaves it is right."""
    path = written(tmp_path, changes={key: {"secure": "v1:abc"} for key in SECRETS}, encryptionsalt="v1:x")

    assert isinstance(check_file(path), StackConfig)


def test_an_unknown_key_at_the_top_is_refused(tmp_path: Path) -> None:
    """Pulumi itself would let it pass in silence."""
    assert ["confg: unknown key at the top of a stack file (did you mean config?)"] == mistakes(
        written(tmp_path, confg={})
    )


def test_a_stack_of_another_name_is_refused(tmp_path: Path) -> None:
    """The file's name says the stack; there are three."""
    path = written(tmp_path, "staging").rename(tmp_path / "Pulumi.stagng.yaml")

    assert (
        "stack: no stack is named 'stagng' "
        "(allowed: Pulumi.local.yaml, Pulumi.staging.yaml, Pulumi.prod.yaml; did you mean staging?)"
    ) == mistakes(path)[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("config: [", "is no valid YAML"),
        ("config:\n  groundwork:owner: a\n  groundwork:owner: b\n", "is no valid YAML"),
        ("- a\n", "is no mapping"),
        ("", "is no mapping"),
        ("encryptionsalt: x\n", "config: missing, or no mapping"),
        ("config: 5\n", "config: missing, or no mapping"),
        ("config: !!python/object:os.system {}\n", "is no valid YAML"),
    ],
)
def test_a_file_of_another_shape_says_so(tmp_path: Path, text: str, what: str) -> None:
    """No YAML, a key given twice, no mapping, code: each is one clear line."""
    path = tmp_path / "Pulumi.local.yaml"
    path.write_text(text, encoding="utf-8")

    assert what in mistakes(path)[0]


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    """A missing file is a problem for the user to mend, not a stack trace."""
    assert "cannot be read" in mistakes(tmp_path / "Pulumi.local.yaml")[0]


def test_a_binary_file_says_so(tmp_path: Path) -> None:
    """Bytes that are no text are refused as the file's fault."""
    path = tmp_path / "Pulumi.local.yaml"
    path.write_bytes(b"\xff\xfe\x00")

    assert "cannot be read" in mistakes(path)[0]


def test_the_problem_has_the_documented_exit_code_and_the_file(tmp_path: Path) -> None:
    """`gw` ends with the code for configuration, and names the stack file."""
    with pytest.raises(SettingsProblem) as error:
        check_file(written(tmp_path, changes={"nothing": 1}), secrets=False)

    assert (ExitCode.CONFIG, "Pulumi.local.yaml") == (error.value.exit_code, error.value.where)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from([field.alias or name for name, field in StackConfig.model_fields.items()]),
)
def test_no_value_of_any_key_ends_in_a_stack_trace(
    tmp_path_factory: pytest.TempPathFactory, value: object, key: str
) -> None:
    """Whatever YAML holds at a key: the file is right, or the problem names that key and its file."""
    path = written(tmp_path_factory.mktemp("any"), changes={key: value})
    full = key if ":" in key else f"groundwork:{key}"
    try:
        check_file(path, secrets=False)
        wrong = {full}
    except SettingsProblem as problem:
        wrong = {mistake.key.split(".")[0] for mistake in problem.mistakes}

    assert {full} == wrong
