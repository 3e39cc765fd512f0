"""Images that `gw deploy` put into the sandbox's stack, over those that `Pulumi.local.yaml` declares.

One counts as long as the file declares what it declared then: whoever changes the file means what it says.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path


def keep(path: Path, product: str, declared: str, image: str) -> None:
    """Keep a product's image for the runs to come; the declared one needs no keeping.

    Raises:
        OSError: the file cannot be written.
    """
    kept = _read(path)
    kept.pop(product, None)
    if image != declared:
        kept[product] = {"declared": declared, "image": image}
    files.write(path, json.dumps(kept, indent=2).encode())


def apply(path: Path, config: dict[str, Any], project: str) -> None:
    """Put what is kept into a stack file's keys."""
    for product, row in _read(path).items():
        engine = config.get(f"{project}:{product}", {}).get("engine", {})
        if engine.get("image") == row["declared"]:
            engine["image"] = row["image"]


def _read(path: Path) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(path.read_bytes()) if path.exists() else {}
    return loaded
