"""What every component shares: its name, its children, what it excuses, how it refuses arguments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from policies.gate.suppressions import FEWEST_WORDS, INPUT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

# A rule of ours is kebab-case, a check of a scanner is as in CKV2_AWS_61: both without a space.
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{2,63}")


class ArgumentError(ValueError):
    """An argument of a component is wrong.

    The message names the argument, what was given and what is allowed.
    """

    def __init__(self, key: str, given: object, allowed: str) -> None:
        super().__init__(f"{key} = {given!r}: must be {allowed}")


@dataclass(frozen=True, kw_only=True)
class Suppress:
    """A finding of the gate that is in order below this component, for a time.

    Attributes:
        id: of the rule or check, as in ``pod-image-pinned`` or ``CKV_AWS_145``.
        reason: why it is in order here.
        owner: person or team that answers for it.
        expires: last day on which it holds (UTC).

    Raises:
        ArgumentError: no id of a rule, no owner, or a reason that says nothing.
    """

    id: str
    reason: str
    owner: str
    expires: dt.date

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ArgumentError("id", self.id, "the id of one rule or check, as in 'CKV_AWS_145'")
        if len(self.reason.split()) < FEWEST_WORDS:
            raise ArgumentError("reason", self.reason, f"at least {FEWEST_WORDS} words that say why it is in order")
        if not self.owner.strip():
            raise ArgumentError("owner", self.owner, "the person or team that answers for it")


@dataclass(frozen=True, kw_only=True)
class ComponentArgs:
    """What the arguments of every component have.

    Attributes:
        suppress: findings of the gate that are in order here and for all that hangs below.
    """

    suppress: Sequence[Suppress] = ()


class Component(pulumi.ComponentResource):
    """A group of resources with one name.

    Children are named ``f"{name}-part"`` and made with `child`, so that they appear below it and take nothing else
    from the caller's options. What it excuses is its one input, ``suppressions``: so each preview, and each policy that
    judges its children, sees it.

    Args:
        kind: ``<module>:<Class>``; the type token is ``groundwork:<module>:<Class>``.
        name: the component's name in the program.
        args: its arguments.
        opts: the caller's options, for this component alone.
    """

    def __init__(self, kind: str, name: str, args: ComponentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        excused = [
            {"id": one.id, "reason": one.reason, "owner": one.owner, "expires": one.expires.isoformat()}
            for one in args.suppress
        ]
        super().__init__(f"groundwork:{kind}", name, {INPUT: excused} if excused else None, opts)
        self.name = name

    def child(
        self, *, protect: bool | None = None, depends_on: Sequence[pulumi.Resource] = ()
    ) -> pulumi.ResourceOptions:
        """Options of a child; ``protect`` is given for what holds data and left out for everything else."""
        return pulumi.ResourceOptions(parent=self, protect=protect, depends_on=list(depends_on))
