"""What every component shares: how it is named, how its children hang on it, how it refuses arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

if TYPE_CHECKING:
    from collections.abc import Sequence


class ArgumentError(ValueError):
    """An argument of a component is wrong.

    The message names the argument, what was given and what is allowed.
    """

    def __init__(self, key: str, given: object, allowed: str) -> None:
        super().__init__(f"{key} = {given!r}: must be {allowed}")


class Component(pulumi.ComponentResource):
    """A group of resources with one name.

    Children are named ``f"{name}-part"`` and made with `child`, so that they appear below it and take nothing else
    from the caller's options.

    Args:
        kind: ``<module>:<Class>``; the type token is ``groundwork:<module>:<Class>``.
        name: the component's name in the program.
        opts: the caller's options, for this component alone.
    """

    def __init__(self, kind: str, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(f"groundwork:{kind}", name, opts=opts)
        self.name = name

    def child(
        self, *, protect: bool | None = None, depends_on: Sequence[pulumi.Resource] = ()
    ) -> pulumi.ResourceOptions:
        """Options of a child; ``protect`` is given for what holds data and left out for everything else."""
        return pulumi.ResourceOptions(parent=self, protect=protect, depends_on=list(depends_on))
