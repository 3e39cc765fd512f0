"""The one place where a name, a tag or a label is made.

Tags go on cloud resources, labels on Kubernetes objects; both come from one `Tags` value, so that what the bill
groups by and what an alert routes by are the same facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Self

#: The project's name; `Pulumi.yaml` says the same and a test keeps both equal.
PROJECT = "groundwork"

#: Prefix of the labels that are ours, a domain as Kubernetes asks for.
LABEL_PREFIX = "groundwork.dev"

ALERT_TIER = f"{LABEL_PREFIX}/alert-tier"
COMPONENT = f"{LABEL_PREFIX}/component"

# Label values: 63 of a-z, A-Z, 0-9, '-', '_', '.', beginning and ending alphanumeric (Kubernetes, "Labels and
# Selectors"). AWS tag values take more; one rule for both lets a value move between them unchanged.
_VALUE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
# RFC 1123 label, as namespaces and most object names must be.
_DNS_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# 3 to 63 letters: the rule that S3 and R2 share, without the dots that break TLS host names.
_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


class BadNameError(ValueError):
    """A name, tag or label that its system would refuse; the message says which and what is allowed."""

    def __init__(self, kind: str, given: str, allowed: str) -> None:
        super().__init__(f"{kind} = {given!r}: must be {allowed}")


class DataClass(StrEnum):
    """How sensitive the data is that a resource holds or carries."""

    NONE = "none"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"


class AlertTier(StrEnum):
    """Whom an alert about a workload reaches (`docs/requirements.md` OB-31): a page, a channel, or the log."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True)
class Tags:
    """The tags that every resource carries. All are required: a missing one does not type-check.

    Attributes:
        stack: ``local``, ``staging`` or ``prod``.
        product: the product that pays for the resource, ``shared`` where several do.
        owner: the team or person that answers for it.
        cost_centre: where the bill goes.
        component: the part of the product, as in ``backup``.
        data_class: how sensitive its data is.
        project: always this project.
        managed_by: always Pulumi; a resource without it was made by hand.

    Raises:
        BadNameError: a value that is no valid label value.
    """

    stack: str
    product: str
    owner: str
    cost_centre: str
    component: str
    data_class: DataClass
    project: str = PROJECT
    managed_by: str = "pulumi"

    def __post_init__(self) -> None:
        for key, value in self.flat().items():
            if not _VALUE.fullmatch(value):
                raise BadNameError(f"tag {key}", value, "1 to 63 of A-Z, a-z, 0-9, '.', '_', '-', ends alphanumeric")

    def of(self, *, component: str | None = None, data_class: DataClass | None = None) -> Self:
        """The same tags for a part: only what a part may say of itself changes."""
        return replace(self, component=component or self.component, data_class=data_class or self.data_class)

    def flat(self) -> dict[str, str]:
        """The tags as a cloud takes them: keys in kebab-case, ordered so that an unchanged resource shows no diff."""
        return {
            name.replace("_", "-"): str(getattr(self, name)) for name in sorted(field.name for field in fields(self))
        }


#: Keys that every taggable resource must carry, as policies and tests read them.
REQUIRED_TAGS: tuple[str, ...] = tuple(sorted(field.name.replace("_", "-") for field in fields(Tags)))


def labels(tags: Tags, name: str, tier: AlertTier) -> dict[str, str]:
    """Labels of a Kubernetes object: the recommended set, then ours.

    The workload declares its alert tier here; alert rules route on the label, never on lists of names.

    Raises:
        BadNameError: ``name`` is no valid label value.
    """
    if not _VALUE.fullmatch(name):
        raise BadNameError("label app.kubernetes.io/name", name, "a valid label value of at most 63 letters")
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/instance": tags.product,
        "app.kubernetes.io/component": tags.component,
        "app.kubernetes.io/part-of": tags.project,
        "app.kubernetes.io/managed-by": tags.managed_by,
        ALERT_TIER: str(tier),
        COMPONENT: tags.component,
        f"{LABEL_PREFIX}/cost-centre": tags.cost_centre,
        f"{LABEL_PREFIX}/data-class": str(tags.data_class),
        f"{LABEL_PREFIX}/owner": tags.owner,
        f"{LABEL_PREFIX}/product": tags.product,
        f"{LABEL_PREFIX}/project": tags.project,
        f"{LABEL_PREFIX}/stack": tags.stack,
    }


def selector(tags: Tags) -> dict[str, str]:
    """Labels that pick every pod of a component: a subset of `labels` that never changes over its life."""
    return {"app.kubernetes.io/instance": tags.product, "app.kubernetes.io/component": tags.component}


def namespace(product: str, stack: str) -> str:
    """The product's namespace. It carries the stack: two stacks on one cluster must not take over each other's objects.

    Raises:
        BadNameError: no valid DNS label.
    """
    return _checked("namespace", f"{product}-{stack}", _DNS_LABEL, "an RFC 1123 label of at most 63 letters")


def bucket(stack: str, purpose: str, suffix: str = "") -> str:
    """A bucket's name: ``groundwork-<stack>-<purpose>[-<suffix>]``.

    The suffix is the fork's own: S3 names are shared by the whole world, R2 names by one account only.

    Raises:
        BadNameError: not 3 to 63 of a-z, 0-9 and '-'.
    """
    name = "-".join(part for part in (PROJECT, stack, purpose, suffix) if part)
    return _checked("bucket name", name, _BUCKET, "3 to 63 of a-z, 0-9 and '-', with no '-' at either end")


def cloud(stack: str, purpose: str) -> str:
    """A name inside one account, as IAM roles and KMS aliases need: ``groundwork-<stack>-<purpose>``."""
    return _checked("name", f"{PROJECT}-{stack}-{purpose}", _DNS_LABEL, "at most 63 of a-z, 0-9 and '-'")


def watched(product: str, stack: str, part: str = "") -> str:
    """A name at UptimeRobot, where one account serves all stacks: ``<product>-<stack>[-<part>]``."""
    return "-".join(filter(None, (product, stack, part)))


def _checked(kind: str, name: str, rule: re.Pattern[str], allowed: str) -> str:
    if not rule.fullmatch(name):
        raise BadNameError(kind, name, allowed)
    return name
