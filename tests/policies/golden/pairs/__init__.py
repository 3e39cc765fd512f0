"""The golden pairs: in each file a Pulumi program, and the Terraform plan that says the same."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Protocol
from warnings import catch_warnings, simplefilter

if TYPE_CHECKING:
    from tests.policies.golden.terraform import Plan


class Pair(Protocol):
    """A file of this folder."""

    PLAN: Plan

    def program(self) -> None:
        """Declare the resources, inside a Pulumi program."""


def pairs() -> dict[str, Pair]:
    """Every pair by its name, in the order of the names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    with catch_warnings():
        simplefilter("ignore", DeprecationWarning)  # the SDKs warn of their own old classes
        return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
