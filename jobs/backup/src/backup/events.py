"""What a run says: one event at a time, as a JSON line, or as a readable line on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TextIO

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping, Sequence

Field = str | int | float | bool | None | dict[str, "Field"] | list["Field"]

HIDDEN = "[hidden]"


class Tell(Protocol):
    """Says one event; ``event`` is its name, the rest are its fields."""

    def __call__(self, event: str, **fields: Field) -> None:
        """Write one line."""


def hide(value: object, secrets: Sequence[str]) -> object:
    """Give `value` back with every secret in any of its strings replaced, at any depth."""
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, HIDDEN)
        return value
    if isinstance(value, dict):
        return {hide(key, secrets): hide(item, secrets) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [hide(item, secrets) for item in value]
    return value


def teller(stream: TextIO, *, secrets: Iterable[str] = (), plain: bool | None = None) -> Tell:
    """Make a writer of events on `stream`.

    Args:
        stream: where the lines go.
        secrets: values that must never be written; each occurrence is replaced.
        plain: True for JSON lines, False for readable ones; None asks whether `stream` is a terminal.
    """
    kept = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
    as_json = not stream.isatty() if plain is None else plain

    def hidden(_logger: object, _method: str, event: MutableMapping[str, object]) -> Mapping[str, object]:
        named = {"event": event.pop("event"), **event}
        return {key: hide(value, kept) for key, value in named.items()}

    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(sort_keys=False)
    )
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="time" if as_json else "timestamp")
    logger = structlog.wrap_logger(structlog.PrintLogger(stream), processors=[stamp, hidden, render])

    def tell(event: str, **fields: Field) -> None:
        logger.info(event, **fields)
        stream.flush()

    return tell


def silent(event: str, **fields: Field) -> None:
    """Say nothing: the default where no one listens."""
