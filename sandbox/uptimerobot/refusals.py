"""What the API says no with."""

from __future__ import annotations


class RefusedError(Exception):
    """The request is not carried out.

    Attributes:
        status: of HTTP.
        code: the vendor's own, empty for none.
    """

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
