"""Declare what the setting `case` says."""

from __future__ import annotations

import pulumi
from vault import declare  # type: ignore[import-not-found] # the engine puts the program's folder on the path

declare(pulumi.Config("groundwork").require("case"))
