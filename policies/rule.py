"""What a rule is: its metadata and one plain function from facts to what it found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from policies.facts import Facts


class Severity(StrEnum):
    """How much harm a violation can do."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Enforcement(StrEnum):
    """What a violation does: a mandatory one stops the preview and the update, an advisory one is shown."""

    ADVISORY = "advisory"
    MANDATORY = "mandatory"


@dataclass(frozen=True)
class Violation:
    """A property breaks the rule.

    Attributes:
        where: path of the property, as in ``spec.template.spec.containers[0].image``.
        what: what is wrong with it, one line.
        fix: what to do; empty: the rule's own `fix` says it.
        urn: the resource, for a stack rule; empty: the resource that was judged.
    """

    where: str
    what: str
    fix: str = ""
    urn: str = ""


@dataclass(frozen=True)
class Pending:
    """A property that the rule must know is not known yet.

    It is shown as advice (policy ``cannot-judge-yet``) and lets a preview go on. It does not let anything slip
    through: only a preview holds unknown values, and the update asks every rule again, with all values known,
    before it makes the resource.
    """

    where: str


Result: TypeAlias = Violation | Pending


@dataclass(frozen=True)
class Rule:
    """A rule over one resource at a time.

    Attributes:
        id: what a user reads, suppresses and searches for; kebab-case.
        title: the demand, one line.
        severity: harm.
        enforcement: effect.
        why: what goes wrong without it.
        fix: what to do about a violation.
        link: documentation that the demand rests on.
        applies: whether resources of a type token are judged.
        check: the facts of such a resource -> what was found; no I/O, raises nothing.
    """

    id: str
    title: str
    severity: Severity
    enforcement: Enforcement
    why: str
    fix: str
    link: str
    applies: Callable[[str], bool]
    check: Callable[[Facts], Iterable[Result]]


@dataclass(frozen=True)
class StackRule:
    """A rule over all resources of a stack together; attributes as `Rule` has them.

    The engine asks it after the last resource: it stops a preview, but an update that skipped the preview
    would have made the resources already.
    """

    id: str
    title: str
    severity: Severity
    enforcement: Enforcement
    why: str
    fix: str
    link: str
    check: Callable[[Sequence[Facts]], Iterable[Violation]]


AnyRule: TypeAlias = Rule | StackRule
