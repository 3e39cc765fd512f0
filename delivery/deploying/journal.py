"""What a deployment set out to do, on disk before anything is changed: one that is cut off leaves that to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path


class Intent(BaseModel):
    """One deployment that is under way.

    Attributes:
        product: the product.
        image: what is to serve.
        before: the image that the stack's configuration named before.
        serving: id of the deployment that served before; empty: none did.
        rows: what the stack's state held of the resources that a new image changes; secrets are encrypted in it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: str
    image: str
    before: str
    serving: str
    rows: list[dict[str, Any]]


class Journal:
    """The one deployment of a stack's product that may be under way."""

    def __init__(self, root: Path, stack: str, product: str) -> None:
        """Nothing is read yet.

        Args:
            root: the sandbox's folder.
            stack: the stack.
            product: the product.
        """
        self.path = root / "deployments" / f"{stack}-{product}.json"

    def read(self) -> Intent | None:
        """What an earlier run set out to do and did not finish; None: nothing."""
        try:
            return Intent.model_validate_json(self.path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None  # `files.write` leaves no half of one; what is none of ours says nothing

    def write(self, intent: Intent) -> None:
        """Keep what is about to be done."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write(self.path, intent.model_dump_json(indent=2).encode())

    def close(self) -> None:
        """It is done, or undone."""
        self.path.unlink(missing_ok=True)


def under_way(root: Path, stack: str) -> list[str]:
    """Products whose deployment to a stack was begun and not ended."""
    return sorted(path.stem.removeprefix(f"{stack}-") for path in (root / "deployments").glob(f"{stack}-*.json"))
