"""What every Pulumi provider of this repository shares: values, diffs, handlers and the gRPC server.

A provider gives one `Handler` for each resource token and calls `serve`. Handlers see plain Python values; the
server keeps unknowns (`UNKNOWN`) as they are and marks again what was secret.
"""

from __future__ import annotations

from providers.kit.diff import Change, Diff, Kind, compare, differ
from providers.kit.handler import (
    Call,
    Checked,
    Created,
    Failure,
    Handler,
    Incomplete,
    Provider,
    ProviderError,
    Severity,
    Stored,
)
from providers.kit.paths import Path, Pattern, matches, render
from providers.kit.server import serve
from providers.kit.values import UNKNOWN, Properties, Unknown, Value, has_unknown

__all__ = [
    "UNKNOWN",
    "Call",
    "Change",
    "Checked",
    "Created",
    "Diff",
    "Failure",
    "Handler",
    "Incomplete",
    "Kind",
    "Path",
    "Pattern",
    "Properties",
    "Provider",
    "ProviderError",
    "Severity",
    "Stored",
    "Unknown",
    "Value",
    "compare",
    "differ",
    "has_unknown",
    "matches",
    "render",
    "serve",
]
