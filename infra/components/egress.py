"""What pods may talk to: plain rules for network policies, made from the addresses they need."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pulumi_kubernetes.meta.v1 import LabelSelectorArgs
from pulumi_kubernetes.networking.v1 import (
    IPBlockArgs,
    NetworkPolicyEgressRuleArgs,
    NetworkPolicyPeerArgs,
    NetworkPolicyPortArgs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# A host name's address is the vendor's to choose, so its port is opened to the internet, but never to the private
# networks around the cluster, nor to the link-local address where clouds hand out credentials.
_PRIVATE_V4 = ("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
_PRIVATE_V6 = ("fc00::/7", "fe80::/10")
_PORTS = {"https": 443, "http": 80}


def dns() -> list[NetworkPolicyEgressRuleArgs]:
    """The cluster's own name service, over UDP and TCP."""
    return [
        NetworkPolicyEgressRuleArgs(
            to=[
                NetworkPolicyPeerArgs(
                    namespace_selector=LabelSelectorArgs(match_labels={"kubernetes.io/metadata.name": "kube-system"}),
                    pod_selector=LabelSelectorArgs(match_labels={"k8s-app": "kube-dns"}),
                )
            ],
            ports=[NetworkPolicyPortArgs(port=53, protocol=protocol) for protocol in ("UDP", "TCP")],
        )
    ]


def endpoints(urls: Iterable[str]) -> list[NetworkPolicyEgressRuleArgs]:
    """One rule for each distinct address: an IP address as itself, a host name as the internet's public part.

    Sorted, so that the same URLs in another order give no diff.
    """
    targets = sorted({_target(url) for url in urls})
    return [
        NetworkPolicyEgressRuleArgs(
            to=[NetworkPolicyPeerArgs(ip_block=block) for block in _blocks(host)],
            ports=[NetworkPolicyPortArgs(port=port, protocol="TCP")],
        )
        for host, port in targets
    ]


def _target(url: str) -> tuple[str, int]:
    """The address, empty for any host name, and the port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return (host if _is_address(host) else "", parts.port or _PORTS[parts.scheme])


def _blocks(host: str) -> list[IPBlockArgs]:
    if host:
        return [IPBlockArgs(cidr=str(ipaddress.ip_network(host)))]
    return [
        IPBlockArgs(cidr="0.0.0.0/0", except_=list(_PRIVATE_V4)),
        IPBlockArgs(cidr="::/0", except_=list(_PRIVATE_V6)),
    ]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
