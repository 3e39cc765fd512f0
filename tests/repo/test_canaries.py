"""Nothing of one machine, and no secret, is in the tree."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.repo.tree import CHECKOUT, GIT

#: What must not be there. One letter of each stands in brackets, so that this file does not hold what it looks for.
CANARIES = {
    "a home folder": r"/(r[o]ot|hom[e]/[a-z]+|User[s]/[a-z]+)/",
    "a work folder": r"(^|[^a-z.])/wor[k]/",
    "a Go module mirror": r"GOPROX[Y]=(https?:|file:)",
    "a package mirror": r"(index-ur[l]|extra-inde[x]|find-link[s]) *=",
    "a private registry": r"(artifactor[y]|nexu[s]\.|jfro[g])",
    "a private key": r"-----BEGI[N] [A-Z ]*PRIVATE KEY-----",
    "an AWS key": r"\bAKI[A][0-9A-Z]{16}\b",
    "a GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36}",
}
#: Data that is generated and so long that a match is chance; the lock file's sources have a test of their own.
SKIPPED = (":!uv.lock", ":!*go.sum", ":!*.svg")


@pytest.mark.parametrize("name", CANARIES)
def test_the_tree_is_free_of(name: str) -> None:
    """No tracked file holds what would tell of a machine or open a door."""
    found = subprocess.run(
        [GIT, "grep", "-nIE", CANARIES[name], "--", ".", *SKIPPED],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout

    assert found.splitlines() == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a home folder", ("", "home", "someone", "x")),
        ("a work folder", ("", "work", "main")),
        ("a private key", ("-----BEGIN" + " RSA PRIVATE KEY-----",)),
        ("an AWS key", ("AKIA" + 16 * "A",)),
    ],
)
def test_a_canary_sings(name: str, words: tuple[str, ...]) -> None:
    """The patterns find what they are for."""
    assert re.search(CANARIES[name], "/".join(words))
