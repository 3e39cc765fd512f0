"""Nothing of one machine, and no secret, is in the tree."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.repo.tree import CHECKOUT

#: What must not be there, each split so that this file does not hold it itself.
CANARIES = {
    "a home folder": r"/(ro" r"ot|home/[a-z]+|Users/[a-z]+)/",
    "a work folder": r"(^|[^a-z.])/wo" r"rk/",
    "a Go module mirror": r"GO" r"PROXY=(https?:|file:)",
    "a package mirror": r"(index-u" r"rl|extra-index|find-li" r"nks) *=",
    "a private registry": r"(artifac" r"tory|nex" r"us\.|jfro" r"g)",
    "a private key": r"-----BE" r"GIN [A-Z ]*PRIVATE KEY-----",
    "an AWS key": r"\bAK" r"IA[0-9A-Z]{16}\b",
    "a GitHub token": r"\bgh" r"[pousr]_[A-Za-z0-9]{36}",
}
#: Data that is generated and so long that a match is chance; the lock file's sources have a test of their own.
SKIPPED = (":!uv.lock", ":!*go.sum", ":!*.svg")


@pytest.mark.parametrize("name", CANARIES)
def test_the_tree_is_free_of(name: str) -> None:
    """No tracked file holds what would tell of a machine or open a door."""
    found = subprocess.run(
        ["git", "grep", "-nIE", CANARIES[name], "--", ".", *SKIPPED],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout

    assert found.splitlines() == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a home folder", "cd /home/someone/x"),
        ("a work folder", "see /wo" + "rk/main"),
        ("an AWS key", "AK" + "IA" + "ABCDEFGHIJKLMNOP"),
        ("a private key", "-----BE" + "GIN RSA PRIVATE KEY-----"),
    ],
)
def test_a_canary_sings(name: str, text: str) -> None:
    """The patterns find what they are for."""
    assert re.search(CANARIES[name], text)
