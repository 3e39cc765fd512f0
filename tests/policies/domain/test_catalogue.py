"""Lists of types that the rules go by name real types of the installed SDKs."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest

from infra import naming
from policies.domain import catalogue
from policies.domain.required import ALERT_TIER, ALERT_TIERS, DATA_CLASSES, LABELS, TAGS
from policies.domain.tags import SENSITIVE
from policies.rules.data_stores.stateful_protected import STATEFUL

_TOKEN = re.compile(r"'((?:aws|cloudflare|kubernetes):[\w./-]+:\w+)',\n +resource_name")


@cache
def tokens(package: str) -> frozenset[str]:
    """Type tokens of every resource of an SDK, read from its source."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    files = Path(spec.origin).parent.rglob("*.py")
    return frozenset(token for file in files for token in _TOKEN.findall(file.read_text("utf-8")))


def test_the_list_of_taggable_types_is_the_installed_sdks() -> None:
    """The list equals what the installed pulumi-aws has; `python -m policies.domain.catalogue` writes it anew."""
    listed = [line for line in catalogue.LIST.read_text("utf-8").splitlines() if not line.startswith("#")]

    assert catalogue.installed() == listed


@pytest.mark.parametrize("package", ["aws", "cloudflare", "kubernetes"])
def test_every_stateful_type_exists(package: str) -> None:
    """A stateful type that no SDK has would protect nothing."""
    named = {token for token in STATEFUL if token.startswith(f"{package}:")}

    assert named
    assert named <= tokens(f"pulumi_{package}")


def test_the_tags_demanded_are_the_tags_made() -> None:
    """The program and the policies agree on the required tags."""
    assert naming.REQUIRED_TAGS == TAGS


def test_the_labels_demanded_are_among_the_labels_made() -> None:
    """The program makes every label that the policies demand."""
    tags = naming.Tags(
        stack="local", product="p", owner="o", cost_centre="c", component="x", data_class=naming.DataClass.NONE
    )

    assert set(LABELS) <= set(naming.labels(tags, "thing", naming.AlertTier.INFO))


def test_the_classes_demanded_are_the_classes_made() -> None:
    """The program and the policies agree on the classes of data, and which of them are sensitive."""
    assert {str(one) for one in naming.DataClass} == DATA_CLASSES
    assert SENSITIVE < DATA_CLASSES


def test_the_alert_tiers_demanded_are_the_tiers_there_are() -> None:
    """The program and the policies agree on the label and on what it may say."""
    assert (naming.ALERT_TIER, sorted(naming.AlertTier)) == (ALERT_TIER, sorted(ALERT_TIERS))
