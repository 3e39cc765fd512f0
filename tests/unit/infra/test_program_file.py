"""`Pulumi.yaml`, the entry point and what importing the program costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from infra.stackfile import StackConfig

CHECKOUT = Path(__file__).parents[3]
_TYPES = {
    "replicateCopies": "boolean",
    "products": "array",
    "budget": "integer",
    **dict.fromkeys(("images", "railway", "amoisekai", "prices", "secretsRotated"), "object"),
}


def loaded_by(module: str) -> set[str]:
    """Top-level packages that a fresh process has loaded once it has imported a module."""
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


def test_the_engine_knows_every_key_with_its_type() -> None:
    """The schema of `Pulumi.yaml` has the keys of the settings, each with the type that they have."""
    schema = yaml.safe_load((CHECKOUT / "Pulumi.yaml").read_text(encoding="utf-8"))["config"]
    keys = [field.alias or name for name, field in StackConfig.model_fields.items()]
    own = [key for key in keys if ":" not in key]

    assert {f"groundwork:{key}": _TYPES.get(key, "string") for key in own} == {
        key: entry["type"] for key, entry in schema.items()
    }


def test_the_entry_point_only_wires() -> None:
    """`infra/__main__.py` stays below 30 lines."""
    assert len((CHECKOUT / "infra/__main__.py").read_text(encoding="utf-8").splitlines()) < 30


def test_importing_the_program_loads_no_slow_sdk() -> None:
    """The Cloudflare and AWS SDKs are loaded when resources of theirs are declared, not before."""
    assert set() == loaded_by("infra.program") & {"pulumi_cloudflare", "pulumi_aws"}


def test_declaring_takes_no_client_of_a_vendor() -> None:
    """The classes of our own providers come without what the providers themselves need."""
    assert set() == loaded_by("infra.program") & {"httpx", "graphql"}


def test_plugins_of_the_project_are_there() -> None:
    """Each provider that `Pulumi.yaml` runs from source has its folder, and each of ours is among them."""
    document = yaml.safe_load((CHECKOUT / "Pulumi.yaml").read_text(encoding="utf-8"))
    named = {entry["name"]: entry["path"] for entry in document["plugins"]["providers"]}
    folders = [path.parent.name for path in CHECKOUT.glob("providers/*/PulumiPlugin.yaml")]

    assert {name: f"providers/{name}" for name in folders} == named


def test_checking_a_stack_file_loads_no_pulumi() -> None:
    """`gw` refuses a bad stack file before anything heavy is loaded."""
    assert "pulumi" not in loaded_by("infra.settings")
