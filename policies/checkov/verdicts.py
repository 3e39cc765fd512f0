"""What checkov is asked, and what it says: the types between the gate and the scanner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Framework(StrEnum):
    """A framework of checkov that the gate asks, by checkov's own name for it."""

    TERRAFORM_PLAN = "terraform_plan"
    KUBERNETES = "kubernetes"
    DOCKERFILE = "dockerfile"
    GITHUB_ACTIONS = "github_actions"
    SECRETS = "secrets"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What checkov is to judge; what is not given is not judged.

    Attributes:
        plan: a Terraform plan (`terraform_plan`).
        manifests: a resource's URN -> its manifest (`kubernetes`).
        rendered: a folder of rendered YAML, as of a Helm chart (`kubernetes`).
        folder: the repository; its tracked files are judged (`dockerfile`, `github_actions`, `secrets`).
        frameworks: those that are asked.
    """

    plan: Mapping[str, Any] | None = None
    manifests: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rendered: Path | None = None
    folder: Path | None = None
    frameworks: frozenset[Framework] = frozenset(Framework)


@dataclass(frozen=True, order=True)
class Check:
    """The verdict of one check on one subject.

    Attributes:
        framework: who judged.
        id: the check's id, as in ``CKV_AWS_18``.
        passed: whether the subject does what the check demands.
        title: the demand, one line.
        subject: Terraform address, URN of a manifest, or what in a file is meant; empty: the file's line says it.
        file: file relative to the request's folder; empty for plans and manifests.
        line: line in that file, from 1; 0: not known.
        link: where the check is described, else its source.
    """

    framework: Framework
    id: str
    passed: bool
    title: str
    subject: str
    file: str
    line: int
    link: str


@dataclass(frozen=True, order=True)
class Skip:
    """A check that a comment in the file, or an annotation of the object, told checkov not to ask.

    Attributes:
        check: what would have been judged; its `passed` says nothing.
        reason: what the comment gives as the reason.
    """

    check: Check
    reason: str


@dataclass(frozen=True, order=True)
class Unjudged:
    """Something that checkov was to judge and did not.

    Attributes:
        framework: who was to judge.
        id: the check's id; empty: checkov does not tell it.
        subject: as `Check` has it; empty: checkov does not tell it.
        why: what went wrong, without any value of a property.
    """

    framework: Framework
    id: str
    subject: str
    why: str


@dataclass(frozen=True)
class Results:
    """Everything that checkov said.

    Attributes:
        checks: every verdict, passed ones among them.
        skips: what was not asked because the file itself said so.
        unjudged: what checkov failed to judge: neither passed nor failed.
    """

    checks: tuple[Check, ...] = ()
    skips: tuple[Skip, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()

    def judged(self) -> dict[Framework, tuple[int, int]]:
        """Counts of verdicts by framework: passed, failed."""
        counted = Counter((check.framework, check.passed) for check in self.checks)
        asked = sorted({check.framework for check in self.checks})
        return {framework: (counted[framework, True], counted[framework, False]) for framework in asked}
