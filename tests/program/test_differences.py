"""Staging and prod are one program: every difference between them is listed here, and nothing else may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from infra.stackfile import SECRETS
from tests.program.conftest import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.program.conftest import Program

#: Keys whose values differ between `Pulumi.staging.yaml` and `Pulumi.prod.yaml`, with both values.
KEYS = {
    "groundwork:amoisekai.alerting.email": ("staging-alerts@example.com", "alerts@example.com"),
    "groundwork:amoisekai.alerting.smsContact": ("none", "1234567"),
    "groundwork:amoisekai.backup.cpu": ("500m", "1"),
    "groundwork:amoisekai.backup.memory": ("512Mi", "1Gi"),
    "groundwork:amoisekai.backup.scratch": ("10Gi", "40Gi"),
    "groundwork:amoisekai.domains.api": ("staging.amoisekai.com", "api.amoisekai.com"),
    "groundwork:amoisekai.domains.ownsZone": (False, True),
    "groundwork:amoisekai.domains.web": (["next.amoisekai.com"], ["amoisekai.com", "www.amoisekai.com"]),
    "groundwork:amoisekai.engine.cpu": (0.5, 1),
    "groundwork:amoisekai.engine.memory": (0.5, 1),
    "groundwork:amoisekai.engine.volume": (5, 20),
    "groundwork:amoisekai.keeper.memory": (0.25, 0.5),
    "groundwork:amoisekai.sentry.environment": ("staging", "production"),
    "groundwork:amoisekai.sentry.tracesSampleRate": (1, 0.1),
    "groundwork:amoisekai.volume": ("5Gi", "20Gi"),
    "groundwork:budget": (25, 50),
    **{
        f"groundwork:railway.{key}": (f"01234567-89ab-4cde-8f01-23456789abc{last}", "own")
        for last, key in enumerate(("project", "environment", "services.engine", "services.keeper"))
    },
    "groundwork:replicateCopies": (False, True),
}

_CONTAINER = "spec.jobTemplate.spec.template.spec.containers.0.resources"
_SCRATCH = "spec.jobTemplate.spec.template.spec.volumes"
#: Properties of resources in both stacks that differ once the stack's own name is taken out of them.
PROPERTIES = {
    *(
        (f"amoisekai-backup-{part}-cronjob", f"{_CONTAINER}.{bound}.{amount}")
        for part in ("daily", "hourly", "proof")
        for bound in ("limits", "requests")
        for amount in ("cpu", "memory")
    ),
    ("amoisekai-backup-daily-cronjob", f"{_SCRATCH}.1.emptyDir.sizeLimit"),
    ("amoisekai-backup-hourly-cronjob", f"{_SCRATCH}.1.emptyDir.sizeLimit"),
    ("amoisekai-backup-proof-cronjob", f"{_SCRATCH}.0.emptyDir.sizeLimit"),
    ("amoisekai-backup-claim", "spec.resources.requests.storage"),
    *(
        ("amoisekai-limits", f"spec.limits.0.{bound}.{amount}")
        for bound in ("default", "defaultRequest", "max")
        for amount in ("cpu", "memory")
    ),
    *(
        ("amoisekai-quota", f"spec.hard.{bound}.{amount}")
        for bound in ("limits", "requests")
        for amount in ("cpu", "memory")
    ),
    ("amoisekai-quota", "spec.hard.requests.storage"),
    ("backups-second-copy-bucket", "objectLockEnabled"),
    # Where on Railway: prod makes the project and its services, staging names them.
    *(
        (f"amoisekai-{service}-{part}", key)
        for service, parts in {
            "engine": ("deployment", "domain", "railway-domain", "settings", "variables", "volume"),
            "keeper": ("deployment", "settings", "variables"),
        }.items()
        for part in parts
        for key in ("environmentId", "projectId", "serviceId")
    ),
    ("amoisekai-shared-variables", "environmentId"),
    ("amoisekai-shared-variables", "projectId"),
    ("amoisekai-engine-settings", "memoryGB"),
    ("amoisekai-engine-settings", "vCPUs"),
    ("amoisekai-keeper-settings", "memoryGB"),
    # Under which names.
    ("amoisekai-dns-api", "name"),
    ("amoisekai-engine-domain", "domain"),
    ("amoisekai-engine-variables", "variables.ALLOWED_ORIGINS"),
    ("amoisekai-engine-variables", "variables.SENTRY_ENVIRONMENT"),
    ("amoisekai-engine-variables", "variables.SENTRY_TRACES_SAMPLE_RATE"),
    ("amoisekai-files-cors", "rules.0.allowed.origins.0"),
    ("amoisekai-files-cors", "rules.0.allowed.origins.1"),
    # Who watches: prod alone sends SMS.
    *(
        (f"amoisekai-{monitor}", f"assignedAlertContacts.3.{key}")
        for monitor in ("backups-heartbeat-monitor", "uptime-health")
        for key in ("alertContactId", "recurrence", "threshold")
    ),
    ("amoisekai-contacts-email", "value"),
    ("amoisekai-uptime-health", "url"),
    ("amoisekai-uptime-status-page", "friendlyName"),
    ("amoisekai-uptime-status-page", "homepageLink"),
    ("amoisekai-uptime-status-page", "monitorIds.1"),
    ("amoisekai-uptime-status-page", "monitorIds.2"),
}


def leaves(value: Any, path: str = "", *, lists: bool = True) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON
    """Every leaf with its path; a list is one leaf, or has leaves."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key), lists=lists)
    elif isinstance(value, list) and lists:
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{place}")
    else:
        yield path, value


def stack_file(stack: str) -> dict[str, Any]:
    """Each key of a stack file, nested ones too, without the secrets that a fork puts in."""
    config = yaml.safe_load((CHECKOUT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))["config"]
    return dict(leaves({key: value for key, value in config.items() if key not in SECRETS}, lists=False))


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_stack_files_have_the_same_keys(stack: str) -> None:
    """A key that is in one stack file is in each: no stack falls back on a default that nobody sees."""
    assert sorted(stack_file("local")) == sorted(stack_file(stack))


def test_staging_and_prod_differ_in_the_listed_keys_alone() -> None:
    """The stack files differ in the keys of `KEYS`; the list is printed, for a person to read aloud."""
    staging, prod = stack_file("staging"), stack_file("prod")
    different = {key: (staging[key], prod[key]) for key in sorted(staging) if staging[key] != prod[key]}
    for key, (left, right) in different.items():
        print(f"{key}: staging {left}, prod {right}")  # noqa: T201 - the list is meant to be seen with `pytest -s`

    assert different == KEYS


def test_staging_and_prod_declare_the_same_but_for_the_listed_properties(staging: Program, prod: Program) -> None:
    """Of the resources in both stacks, only the properties of `PROPERTIES` differ."""

    def properties(program: Program) -> dict[tuple[str, str], Any]:
        return {
            (one.name, path): str(value).replace(program.stack, "STACK")
            for one in program.resources
            for path, value in leaves(one.inputs)
        }

    left, right = properties(staging), properties(prod)
    shared = {one.name for one in staging.resources} & {one.name for one in prod.resources}
    keys = {key for key in left.keys() | right.keys() if key[0] in shared}

    assert {key for key in keys if left.get(key) != right.get(key)} == PROPERTIES
