"""Versions of tools, as their own ``--version`` prints them, and which of them are accepted."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import total_ordering
from typing import Self

_FIRST = re.compile(r"(?<![\w.])v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?")
_MINIMUM_GO = re.compile(r"(?:go)?(\d+)\.(\d+)(?:\.(\d+))?(?:rc\d+)?")


@total_ordering
class Version:
    """Major, minor and patch, with a pre-release that sorts below its release.

    Build metadata (``+k3s1``) is not part of the version.
    """

    def __init__(self, major: int, minor: int, patch: int, pre: str = "") -> None:
        self.major = major
        self.minor = minor
        self.patch = patch
        self.pre = pre

    @classmethod
    def parse(cls, text: str) -> Self:
        """The first ``1.2.3`` or ``v1.2.3-pre`` in ``text``.

        Raises:
            ValueError: there is none.
        """
        match = _FIRST.search(text)
        if match is None:
            raise ValueError(f"no version in {text[:80]!r}")
        major, minor, patch, pre = match.groups()
        return cls(int(major), int(minor), int(patch), pre or "")

    @classmethod
    def parse_go(cls, text: str) -> Self:
        """Go's own form, where the patch may be left out: ``go1.26.8``, ``1.26``.

        Raises:
            ValueError: ``text`` has another form.
        """
        match = _MINIMUM_GO.match(text.strip())
        if match is None:
            raise ValueError(f"not a version of Go: {text[:80]!r}")
        major, minor, patch = match.groups()
        return cls(int(major), int(minor), int(patch or 0))

    @property
    def _order(self) -> tuple[int, int, int, bool, str]:
        return (self.major, self.minor, self.patch, not self.pre, self.pre)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._order == other._order

    def __lt__(self, other: Version) -> bool:
        return self._order < other._order

    def __hash__(self) -> int:
        return hash(self._order)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}" + (f"-{self.pre}" if self.pre else "")

    def __repr__(self) -> str:
        return f"Version({self})"


class Accept(Enum):
    """Which versions of a tool found on PATH do the pinned one's work."""

    SAME_MAJOR = auto()
    """The pinned version or a later one of the same major: the tool keeps its interface within a major."""
    SAME_MINOR = auto()
    """The pinned version or a later patch of it: stored data or API defaults change between minors."""

    def allows(self, found: Version, pinned: Version) -> bool:
        """Whether ``found`` may stand in for ``pinned``; a pre-release never may."""
        if found.pre or found < pinned or found.major != pinned.major:
            return False
        return self is Accept.SAME_MAJOR or found.minor == pinned.minor

    def describe(self, pinned: Version) -> str:
        """What is accepted, in words for a person."""
        if self is Accept.SAME_MAJOR:
            return f"{pinned} or later, below {pinned.major + 1}"
        return f"{pinned} or a later {pinned.major}.{pinned.minor}"
