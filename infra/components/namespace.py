"""A namespace that is closed until something is opened: pod security, no traffic, no tokens, bounded use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_kubernetes.core.v1 import (
    LimitRange,
    LimitRangeItemArgs,
    LimitRangeSpecArgs,
    Namespace,
    ResourceQuota,
    ResourceQuotaSpecArgs,
    ServiceAccount,
)
from pulumi_kubernetes.meta.v1 import LabelSelectorArgs, ObjectMetaArgs
from pulumi_kubernetes.networking.v1 import NetworkPolicy, NetworkPolicyEgressRuleArgs, NetworkPolicySpecArgs

from infra import naming
from infra.components import egress
from infra.components.base import ArgumentError, Component, ComponentArgs
from infra.naming import AlertTier, Tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

#: Pod Security Standards profile of every namespace (Kubernetes, "Pod Security Standards").
PROFILE = "restricted"


@dataclass(frozen=True, kw_only=True)
class Quota:
    """The most that all pods of a namespace may use together.

    Attributes:
        pods: pods that have not ended.
        cpu: cores, as in ``"2"`` or ``"500m"``; bounds requests and limits alike.
        memory: as in ``"2Gi"``; bounds requests and limits alike.
        storage: sum of the sizes that volume claims ask for.
        claims: volume claims.
    """

    pods: int
    cpu: str
    memory: str
    storage: str
    claims: int

    def hard(self) -> dict[str, str]:
        """The quota as Kubernetes names its parts. No NodePort or LoadBalancer: the way in is the ingress alone."""
        return {
            "limits.cpu": self.cpu,
            "limits.memory": self.memory,
            "persistentvolumeclaims": str(self.claims),
            "pods": str(self.pods),
            "requests.cpu": self.cpu,
            "requests.memory": self.memory,
            "requests.storage": self.storage,
            "services.loadbalancers": "0",
            "services.nodeports": "0",
        }


@dataclass(frozen=True, kw_only=True)
class ProductNamespaceArgs(ComponentArgs):
    """What a product's namespace is made of.

    Attributes:
        namespace: its name, from `infra.naming.namespace`.
        tags: tags of the product; the namespace's own component is set here.
        service_accounts: names of the accounts that pods run as; none gets a token.
        quota: the most that all pods may use together.
        container_default: CPU and memory of a container that names none.
        container_max: the most that one container may ask for.
        protect: refuse to delete the namespace, and with it every claim in it (on in prod).

    Raises:
        ArgumentError: no service account, or one named ``default``: that one is for pods that forgot to say.
    """

    namespace: str
    tags: Tags
    service_accounts: Sequence[str]
    quota: Quota
    container_default: dict[str, str]
    container_max: dict[str, str]
    protect: bool

    def __post_init__(self) -> None:
        if not self.service_accounts or "default" in self.service_accounts:
            raise ArgumentError("service_accounts", tuple(self.service_accounts), "at least one, none named 'default'")


class ProductNamespace(Component):
    """A product's namespace.

    Makes: the namespace with its pod security labels, service accounts, a default-deny policy and one for DNS, a
    quota, a limit range. Other places read ``namespace`` and open further egress with `allow_egress`.
    """

    namespace: str

    def __init__(self, name: str, args: ProductNamespaceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("namespace:ProductNamespace", name, args, opts)
        self.namespace = args.namespace
        self._tags = args.tags.of(component="namespace")
        self._labels = naming.labels(self._tags, args.tags.product, AlertTier.INFO)
        self._space = Namespace(
            f"{name}-namespace",
            metadata=ObjectMetaArgs(name=args.namespace, labels={**self._labels, **pod_security(PROFILE)}),
            opts=self.child(protect=args.protect or None),
        )
        for account in args.service_accounts:
            ServiceAccount(
                f"{name}-account-{account}",
                metadata=self._meta(account),
                automount_service_account_token=False,
                opts=self.child(depends_on=[self._space]),
            )
        self._policy("default-deny", None, [])
        self._policy("allow-dns", None, egress.dns())
        ResourceQuota(
            f"{name}-quota",
            metadata=self._meta("quota"),
            spec=ResourceQuotaSpecArgs(hard=args.quota.hard()),
            opts=self.child(depends_on=[self._space]),
        )
        LimitRange(
            f"{name}-limits",
            metadata=self._meta("limits"),
            spec=LimitRangeSpecArgs(
                limits=[
                    LimitRangeItemArgs(
                        type="Container",
                        default=args.container_default,
                        default_request=args.container_default,
                        max=args.container_max,
                    )
                ]
            ),
            opts=self.child(depends_on=[self._space]),
        )
        self.register_outputs({"namespace": self.namespace})

    def allow_egress(self, policy: str, tags: Tags, rules: Sequence[NetworkPolicyEgressRuleArgs]) -> NetworkPolicy:
        """Open a way out for the pods of one component, and for those alone."""
        return self._policy(policy, naming.selector(tags), rules)

    def _policy(
        self, policy: str, pods: dict[str, str] | None, rules: Sequence[NetworkPolicyEgressRuleArgs]
    ) -> NetworkPolicy:
        """A policy of both directions for the pods chosen, or all; ingress is never opened here."""
        return NetworkPolicy(
            f"{self.name}-{policy}",
            metadata=self._meta(policy),
            spec=NetworkPolicySpecArgs(
                pod_selector=LabelSelectorArgs(match_labels=pods),
                policy_types=["Ingress", "Egress"],
                egress=list(rules),
            ),
            opts=self.child(depends_on=[self._space]),
        )

    def _meta(self, name: str) -> ObjectMetaArgs:
        return ObjectMetaArgs(name=name, namespace=self.namespace, labels=self._labels)


def pod_security(profile: str) -> dict[str, str]:
    """Labels that enforce a Pod Security profile, and warn and audit by the same: one rule, told three ways."""
    prefix = "pod-security.kubernetes.io"
    modes = ("audit", "enforce", "warn")
    return {key: value for mode in modes for key, value in _mode(f"{prefix}/{mode}", profile)}


def _mode(key: str, profile: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ((key, profile), (f"{key}-version", "latest"))
