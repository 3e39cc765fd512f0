"""Property paths."""

from __future__ import annotations

import pytest

from providers.kit.paths import Path, expand, matches, render


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("spec",), "spec"),
        (("spec", "containers", 0, "image"), "spec.containers[0].image"),
        (("metadata", "labels", "app.kubernetes.io/name"), 'metadata.labels["app.kubernetes.io/name"]'),
        (("a b", "c"), '["a b"].c'),
        (('say "hi"',), '["say \\"hi\\""]'),
    ],
)
def test_render(path: Path, text: str) -> None:
    """A path is written as the engine writes it."""
    assert text == render(path)


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        (("spec", "a"), ("spec",), True),
        (("spec",), ("spec", "a"), False),
        (("spec", 3, "image"), ("spec", "*", "image"), True),
        (("spec", 3, "name"), ("spec", "*", "image"), False),
        (("anything",), (), True),
    ],
)
def test_matches(path: Path, pattern: Path, expected: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """A pattern names a path when the path is at it or below it."""
    assert expected == matches(path, pattern)


def test_expand_finds_every_place() -> None:
    """A star stands for each key and each index that is there."""
    value = {"items": [{"name": "a"}, {"name": "b"}, {}]}
    assert [("items", 0, "name"), ("items", 1, "name")] == list(expand(("items", "*", "name"), value))
