"""The API server's own errors, said so that one finds the field."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from providers.kit import ProviderError

if TYPE_CHECKING:
    import httpx2 as httpx

#: How the API server says that a field cannot change in place; none of its answers has a code for it.
_FIXED = re.compile(r"immutable|may not (be )?change|updates to .* are forbidden", re.IGNORECASE)

INVALID = 422
CONFLICT = 409
NOT_FOUND = 404
FORBIDDEN = 403
BAD_REQUEST = 400


@dataclass(frozen=True)
class Cause:
    """One reason of a rejection: at which field (``spec.schedule``), of what kind, in words."""

    field: str
    reason: str
    message: str


class ApiError(ProviderError):
    """An answer of the API server that is no success.

    Attributes:
        code: the HTTP status.
        reason: the server's own word for it (``Invalid``, ``Conflict``, ...).
        text: its message.
        causes: one for each field it names.
    """

    def __init__(self, code: int, reason: str, text: str, causes: tuple[Cause, ...] = ()) -> None:
        rows = [f"the Kubernetes API server answered {code} {reason}: {text}"]
        # A single cause mostly stands in the message already; of several, the message is hard to read.
        listed = [cause for cause in causes if cause.field and (len(causes) > 1 or cause.message not in text)]
        rows += [f"  {cause.field}: {cause.message}" for cause in listed]
        super().__init__("\n".join(rows))
        self.code = code
        self.reason = reason
        self.text = text
        self.causes = causes

    @classmethod
    def of(cls, response: httpx.Response) -> ApiError:
        """The error that a response holds."""
        try:
            status: dict[str, Any] = response.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            return cls(response.status_code, response.reason_phrase, response.text[:500])
        details = status.get("details") or {}
        causes = tuple(
            Cause(cause.get("field", ""), cause.get("reason", ""), cause.get("message", ""))
            for cause in details.get("causes") or ()
        )
        return cls(
            response.status_code,
            status.get("reason") or response.reason_phrase,
            status.get("message", ""),
            causes,
        )

    @property
    def rejects(self) -> bool:
        """Whether the object itself is at fault, so that another try cannot help."""
        return self.code in (INVALID, BAD_REQUEST) or (self.code == FORBIDDEN and not self.namespace_missing)

    @property
    def namespace_missing(self) -> bool:
        """Whether the object's namespace does not exist, or is going away."""
        return (self.code in (NOT_FOUND, FORBIDDEN) and 'namespaces "' in self.text) or "being terminated" in self.text

    @property
    def fixed_fields(self) -> tuple[str, ...]:
        """The fields that cannot change in place, when that is all that is wrong; else none."""
        if self.code != INVALID or not self.causes:
            return ()
        if not all(_FIXED.search(cause.message) for cause in self.causes):
            return ()
        return tuple(cause.field for cause in self.causes)


def conflict(error: ApiError, manager: str) -> ProviderError:
    """The error of an apply that would take fields from another manager, with the ways out."""
    fields = "".join(f"\n  - {cause.field}: {cause.message}" for cause in error.causes)
    return ProviderError(
        "Server-Side Apply field conflict detected. "
        f'The resource managed by field manager "{manager}" had an apply conflict: {error.text}{fields}\n'
        'Take the fields over with the annotation pulumi.com/patchForce: "true", or leave them out of the program.'
    )
