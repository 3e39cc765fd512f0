"""Resource tokens: from ``kubernetes:apps/v1:Deployment`` to API version and kind."""

from __future__ import annotations

from dataclasses import dataclass

from providers.kit import ProviderError

#: What the vendor's plugin renders in the client, or runs through Helm: prefix of the token, and what to use instead.
_ELSEWHERE = {
    "kubernetes:yaml": "declare the objects as resources of their own, or as CustomResource",
    "kubernetes:helm.sh": "render the chart in the GitOps folder (k8s/) instead",
    "kubernetes:kustomize": "apply the kustomization by GitOps (k8s/) instead",
    "kubernetes:helm": "render the chart in the GitOps folder (k8s/) instead",
}

#: Groups without a dot that are Kubernetes' own; all others of its own end in ``.k8s.io``.
_BUILT_IN = frozenset({"", "apps", "autoscaling", "batch", "extensions", "policy"})


@dataclass(frozen=True)
class Type:
    """An API version (``v1``, ``apps/v1``) and a kind."""

    api_version: str
    kind: str

    @property
    def group(self) -> str:
        """The API group; empty for the core group."""
        return self.api_version.rpartition("/")[0]


def parse(token: str) -> Type:
    """The type that a token names.

    Raises:
        ProviderError: the token is none of this plugin's, or names what the stand-in leaves to others.
    """
    package, _, rest = token.partition(":")
    module, _, kind = rest.rpartition(":")
    for prefix, instead in _ELSEWHERE.items():
        if token == prefix or token.startswith((prefix + ":", prefix + "/")):
            raise ProviderError(f"{token} is not offered by the Groundwork stand-in for kubernetes: {instead}")
    if package != "kubernetes" or not module or not kind:
        raise ProviderError(f"{token} is no type of kubernetes; one looks like kubernetes:apps/v1:Deployment")
    api_version = module.removeprefix("core/")
    found = Type(api_version, kind)
    if _built_in(found.group):
        _refuse(token, kind)
    return found


def _built_in(group: str) -> bool:
    return group in _BUILT_IN or group.endswith(".k8s.io")


def _refuse(token: str, kind: str) -> None:
    if kind.endswith("Patch"):
        raise ProviderError(
            f"{token} is not offered by the Groundwork stand-in for kubernetes: "
            "manage the whole object, or import it first"
        )
    if kind.endswith("List"):
        raise ProviderError(
            f"{token} is not offered by the Groundwork stand-in for kubernetes: "
            "declare each of its items as a resource of its own"
        )
