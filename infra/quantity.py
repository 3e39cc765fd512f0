"""Kubernetes quantities as numbers: to check what a stack file says and to add up a namespace's quota."""

from __future__ import annotations

import re

# The two forms a stack file may use; Kubernetes knows more, one spelling each keeps diffs honest.
_CPU = re.compile(r"(?P<milli>[1-9][0-9]*)m|(?P<whole>[1-9][0-9]*)")
_SIZE = re.compile(r"(?P<number>[1-9][0-9]*)(?P<unit>Mi|Gi|Ti)")
_BYTES = {"Mi": 2**20, "Gi": 2**30, "Ti": 2**40}

CPU_FORM = "a count of cores such as '2', or thousandths such as '250m'"
SIZE_FORM = "a size such as '256Mi', '10Gi' or '1Ti'"


def cpu(text: str) -> int:
    """Thousandths of a core.

    Raises:
        ValueError: not of the form `CPU_FORM`.
    """
    found = _CPU.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r}: must be {CPU_FORM}")
    return int(found["milli"]) if found["milli"] else int(found["whole"]) * 1000


def size(text: str) -> int:
    """Bytes.

    Raises:
        ValueError: not of the form `SIZE_FORM`.
    """
    found = _SIZE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r}: must be {SIZE_FORM}")
    return int(found["number"]) * _BYTES[found["unit"]]


def cpu_text(milli: int) -> str:
    """The canonical text of thousandths of a core, as the API server stores it."""
    return str(milli // 1000) if milli % 1000 == 0 else f"{milli}m"


def size_text(count: int) -> str:
    """The canonical text of a number of bytes that is whole in MiB: the largest unit that leaves no rest."""
    unit = next(unit for unit in ("Ti", "Gi", "Mi") if count % _BYTES[unit] == 0)
    return f"{count // _BYTES[unit]}{unit}"


def times(text: str, count: int) -> str:
    """A size multiplied: ``times("512Mi", 4) == "2Gi"``."""
    return size_text(size(text) * count)


def cpu_times(text: str, count: int) -> str:
    """A count of cores multiplied: ``cpu_times("250m", 4) == "1"``."""
    return cpu_text(cpu(text) * count)
