"""The provider's configuration, by the vendor's names."""

from __future__ import annotations

import os
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from providers.kit import UNKNOWN, Failure, Properties

#: The vendor's settings that change nothing here; they are accepted, so that one program serves every stack.
IGNORED = frozenset(
    {
        "clusterIdentifier",
        "helmReleaseSettings",
        "kubeClientSettings",
        "suppressDeprecationWarnings",
        "suppressHelmHookWarnings",
        "version",
        "pluginDownloadURL",
    }
)

#: Settings of the vendor's whose effect the stand-in does not have: refused rather than ignored.
REFUSED = {
    "renderYamlToDirectory": "the stand-in always acts on the API server",
    "alwaysRender": "the stand-in always acts on the API server",
    "deleteUnreachable": "start the sandbox instead: `make up`",
    "skipUpdateUnreachable": "start the sandbox instead: `make up`",
}


class Settings(BaseModel):
    """What the plugin does with its configuration.

    Attributes:
        kubeconfig: path or content; empty for KUBECONFIG, else the sandbox's own.
        context: context of the kubeconfig; None for its current one.
        namespace: where namespaced objects without a namespace go; None for the context's.
        enable_patch_force: take fields over from other field managers.
        enable_config_map_mutable: update ConfigMap data in place instead of replacing.
        enable_secret_mutable: update Secret data in place instead of replacing.
        upsert_existing_objects: create takes an existing object over instead of failing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kubeconfig: str = ""
    context: str | None = None
    cluster: str | None = None
    namespace: str | None = None
    enable_patch_force: bool = Field(default=False, alias="enablePatchForce")
    enable_config_map_mutable: bool = Field(default=False, alias="enableConfigMapMutable")
    enable_secret_mutable: bool = Field(default=False, alias="enableSecretMutable")
    enable_server_side_apply: bool = Field(default=True, alias="enableServerSideApply")
    upsert_existing_objects: bool = Field(default=False, alias="upsertExistingObjects")

    @field_validator("enable_server_side_apply")
    @classmethod
    def _applies(cls, value: bool) -> bool:  # noqa: FBT001 - pydantic's signature
        if not value:
            message = "the stand-in works by server-side apply only"
            raise ValueError(message)
        return value

    @classmethod
    def read(cls, inputs: Properties, environment: dict[str, str] | None = None) -> Self:
        """Settings from the provider's inputs, with the vendor's environment variables for what is absent.

        Raises:
            pydantic.ValidationError: a setting has the wrong type.
        """
        where = os.environ if environment is None else environment
        known: dict[str, Any] = {
            "kubeconfig": where.get("KUBECONFIG", ""),
            "enablePatchForce": where.get("PULUMI_K8S_ENABLE_PATCH_FORCE") or False,
            "enableConfigMapMutable": where.get("PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE") or False,
            "enableSecretMutable": where.get("PULUMI_K8S_ENABLE_SECRET_MUTABLE") or False,
            "upsertExistingObjects": where.get("PULUMI_K8S_UPSERT_EXISTING_OBJECTS") or False,
        }
        given = {key: value for key, value in inputs.items() if key not in IGNORED and value not in (None, "")}
        return cls.model_validate(known | given)


def failures(inputs: Properties) -> tuple[Failure, ...]:
    """What is wrong with the provider's inputs; unknown values are not judged."""
    refused = [Failure((key,), f"not offered: {REFUSED[key]}") for key in inputs if key in REFUSED]
    known: Properties = {key: value for key, value in inputs.items() if value is not UNKNOWN and key not in REFUSED}
    try:
        Settings.read(known, {})
    except ValidationError as error:
        refused += [Failure(tuple(fault["loc"]), fault["msg"]) for fault in error.errors()]
    return tuple(refused)
