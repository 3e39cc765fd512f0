"""Credentials in a namespace, for pods to take single keys from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_kubernetes.core.v1 import Secret
from pulumi_kubernetes.meta.v1 import ObjectMetaArgs

from infra import naming
from infra.components.base import ArgumentError, Component, ComponentArgs
from infra.naming import AlertTier, Tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi


@dataclass(frozen=True)
class SecretKey:
    """One key of one Secret, as a container's environment refers to it."""

    secret: str
    key: str


@dataclass(frozen=True, kw_only=True)
class CredentialsArgs(ComponentArgs):
    """What the Secret holds.

    Attributes:
        namespace: where it lives.
        secret: its name there.
        tags: tags of the component whose credentials these are.
        values: key -> value; every value is a secret output.

    Raises:
        ArgumentError: no values.
    """

    namespace: str
    secret: str
    tags: Tags
    values: Mapping[str, pulumi.Output[str]]

    def __post_init__(self) -> None:
        if not self.values:
            raise ArgumentError("values", {}, "at least one key")


class Credentials(Component):
    """A Secret of the namespace. Other places read `key`."""

    secret: str

    def __init__(self, name: str, args: CredentialsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("secret:Credentials", name, args, opts)
        self.secret = args.secret
        self._keys = frozenset(args.values)
        Secret(
            f"{name}-secret",
            metadata=ObjectMetaArgs(
                name=args.secret,
                namespace=args.namespace,
                labels=naming.labels(args.tags, args.secret, AlertTier.INFO),
            ),
            type="Opaque",
            string_data=dict(sorted(args.values.items())),
            opts=self.child(),
        )
        self.register_outputs({"secret": self.secret})

    def key(self, key: str) -> SecretKey:
        """A reference to one key.

        Raises:
            ArgumentError: the Secret holds no such key.
        """
        if key not in self._keys:
            raise ArgumentError("key", key, f"one of {', '.join(sorted(self._keys))}")
        return SecretKey(self.secret, key)
