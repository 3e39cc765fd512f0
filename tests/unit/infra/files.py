"""Stack files with changes, and what is wrong in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from infra.settings import SettingsProblem, check_file

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).parents[3]
DELETE = object()


def written(folder: Path, stack: str = "local", changes: Mapping[str, object] | None = None, **top: object) -> Path:
    """A stack file of the tree: keys of its ``config`` changed, added, or taken out by `DELETE`; keys at its top.

    A key without a namespace is one of ours; a dot goes into the mapping that it holds.
    """
    document = yaml.safe_load((CHECKOUT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))
    for key, value in (changes or {}).items():
        first, *inner = key.split(".")
        *parents, last = first if ":" in first else f"groundwork:{first}", *inner
        place: dict[str, Any] = document["config"]
        for parent in parents:
            place = place[parent]
        place.pop(last, None)
        if value is not DELETE:
            place[last] = value
    path = folder / f"Pulumi.{stack}.yaml"
    path.write_text(yaml.safe_dump({**document, **top}), encoding="utf-8")
    return path


def mistakes(path: Path, *, secrets: bool = False) -> list[str]:
    """Everything that is wrong, a line each; there is something."""
    with pytest.raises(SettingsProblem) as error:
        check_file(path, secrets=secrets)
    return [str(mistake) for mistake in error.value.mistakes]
