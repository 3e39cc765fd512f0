"""How a service is reached: domains and TCP proxies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from providers.sdk import Computed, Declared

if TYPE_CHECKING:
    from pulumi import Input, ResourceOptions


class CustomDomain(Declared):
    """A domain of our own that leads to a service, and the DNS records that it needs."""

    token = "railway:index:CustomDomain"  # noqa: S105 - a type token, no secret

    #: The records to make: ``{type, name, fqdn, value, purpose}`` each.
    records = Computed[Sequence[Mapping[str, str]]]("records")
    #: What the domain's CNAME record must hold.
    cname_target = Computed[str]("cnameTarget")
    #: Name of the TXT record that proves that the domain is ours. It and the proof stay what they were when Railway
    #: tells no more of them; of a domain that was imported after that, both are None.
    verification_host = Computed[str]("verificationHost")
    #: What that record must hold.
    verification_token = Computed[str]("verificationToken")
    #: Whether Railway has seen the proof.
    verified = Computed[bool]("verified")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        environment_id: Input[str],
        service_id: Input[str],
        domain: Input[str],
        target_port: Input[int] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        inputs = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
            "domain": domain,
            "targetPort": target_port,
        }
        super().__init__(resource_name, inputs, opts)


class ServiceDomain(Declared):
    """The domain that Railway gives a service."""

    token = "railway:index:ServiceDomain"  # noqa: S105 - a type token, no secret

    #: The domain, without a scheme.
    domain = Computed[str]("domain")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        environment_id: Input[str],
        service_id: Input[str],
        target_port: Input[int] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        inputs = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
            "targetPort": target_port,
        }
        super().__init__(resource_name, inputs, opts)


class TcpProxy(Declared):
    """A port of Railway's own that leads to a port of a service."""

    token = "railway:index:TcpProxy"  # noqa: S105 - a type token, no secret

    #: Where to connect to.
    domain = Computed[str]("domain")
    proxy_port = Computed[int]("proxyPort")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        environment_id: Input[str],
        service_id: Input[str],
        application_port: Input[int],
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        inputs = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
            "applicationPort": application_port,
        }
        super().__init__(resource_name, inputs, opts)
