"""Domains: the user's own, and the one that Railway gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from providers.kit.api import NotFound
from providers.kit.inputs import Inputs
from providers.kit.markers import Replaces, ServerDefault
from providers.kit.native import Live, Resource
from providers.railway import answers
from providers.railway.client import Client
from providers.railway.ids import Home, join, split

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit.handler import Call
    from providers.kit.values import Properties, Value

_CUSTOM_SHAPE = "projectId:id"
_SERVICE_SHAPE = "projectId:environmentId:serviceId:id"

#: What the record that proves the ownership begins with.
_PROOF = "railway-verify="

_Port = Annotated[int | None, ServerDefault(), Field(ge=1, le=65535)]


class ServiceDomainInputs(Inputs):
    """A domain that Railway gives.

    Attributes:
        project_id: the project.
        environment_id: the environment.
        service_id: the service.
        target_port: the port that it leads to; the one that the service listens on by default.
    """

    project_id: Home
    environment_id: Home
    service_id: Home
    target_port: _Port = None


class CustomDomainInputs(ServiceDomainInputs):
    """A domain of the user's own; what it shares with `ServiceDomainInputs` is told there.

    Attributes:
        domain: the domain, without a scheme; ``*.`` before it for all below it.
    """

    domain: Annotated[str, Field(pattern=r"^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$"), Replaces()]


class CustomDomain(Resource[CustomDomainInputs, Client]):
    """A domain of the user's own, with the DNS records that it needs."""

    token = "railway:index:CustomDomain"  # noqa: S105 - a type token, no secret
    model = CustomDomainInputs
    computed: ClassVar[Mapping[str, object]] = {
        "records": list[dict[str, str]],
        "cnameTarget": str,
        "verificationHost": str,
        "verificationToken": str,
        "verified": bool,
    }

    def key(self, inputs: CustomDomainInputs) -> Hashable:
        """The domain."""
        return inputs.domain

    def find(self, client: Client, call: Call, inputs: CustomDomainInputs) -> Live | None:
        """The domain, if it is this service's."""
        found = _domains(client, call, inputs).custom_domains
        return next((_custom(item, inputs.project_id) for item in found if item.domain == inputs.domain), None)

    def make(self, client: Client, call: Call, inputs: CustomDomainInputs) -> Live:
        """Make it."""
        where = (inputs.service_id, inputs.environment_id)
        domain = client.in_place(call, *where, lambda: client.create_custom_domain(call, **_fields(inputs)))
        return _custom(domain, inputs.project_id)

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The domain, its records, and whether Railway has seen the proof."""
        del stored
        project_id, domain_id = split(id, _CUSTOM_SHAPE)
        domain = client.custom_domain(call, project_id, domain_id)
        return _custom(domain, project_id) if domain else None

    def change(self, client: Client, call: Call, id: str, old: CustomDomainInputs, new: CustomDomainInputs) -> Live:  # noqa: A002 - as above
        """Change the port that it leads to."""
        del old
        project_id, domain_id = split(id, _CUSTOM_SHAPE)
        client.update_custom_domain(call, domain_id, new.environment_id, new.target_port)
        return _custom(client.known_custom_domain(call, project_id, domain_id), project_id)

    def remove(self, client: Client, call: Call, id: str, old: CustomDomainInputs | None) -> None:  # noqa: A002 - as above
        """Delete it."""
        del old
        client.delete(call, "customDomainDelete", id=split(id, _CUSTOM_SHAPE)[1])


class ServiceDomain(Resource[ServiceDomainInputs, Client]):
    """The domain that Railway gives a service in an environment: one, whatever its name."""

    token = "railway:index:ServiceDomain"  # noqa: S105 - a type token, no secret
    model = ServiceDomainInputs
    computed: ClassVar[Mapping[str, object]] = {"domain": str}

    def key(self, inputs: ServiceDomainInputs) -> Hashable:
        """Its service and its environment."""
        return inputs.service_id, inputs.environment_id

    def find(self, client: Client, call: Call, inputs: ServiceDomainInputs) -> Live | None:
        """The first domain that Railway has given the service."""
        found = _domains(client, call, inputs).service_domains
        return next((_given(item, inputs.project_id) for item in sorted(found, key=lambda item: item.id)), None)

    def make(self, client: Client, call: Call, inputs: ServiceDomainInputs) -> Live:
        """Ask for it."""
        fields = {name: value for name, value in _fields(inputs).items() if name != "projectId"}
        where = (inputs.service_id, inputs.environment_id)
        domain = client.in_place(call, *where, lambda: client.create_service_domain(call, **fields))
        return _given(domain, inputs.project_id)

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The domain by its id, among the service's."""
        del stored
        project_id, environment_id, service_id, domain_id = split(id, _SERVICE_SHAPE)
        found = client.domains(call, project_id, environment_id, service_id).service_domains
        return next((_given(item, project_id) for item in found if item.id == domain_id), None)

    def change(self, client: Client, call: Call, id: str, old: ServiceDomainInputs, new: ServiceDomainInputs) -> Live:  # noqa: A002 - as above
        """Change the port that it leads to; Railway wants the domain's name for that."""
        del old
        project_id, environment_id, service_id, domain_id = split(id, _SERVICE_SHAPE)
        found = client.domains(call, project_id, environment_id, service_id).service_domains
        domain = client.one(domain_id, found)
        client.update_service_domain(call, domain, new.target_port)
        return _given(domain.model_copy(update={"target_port": new.target_port}), project_id)

    def remove(self, client: Client, call: Call, id: str, old: ServiceDomainInputs | None) -> None:  # noqa: A002 - as above
        """Give it back."""
        del old
        client.delete(call, "serviceDomainDelete", id=split(id, _SERVICE_SHAPE)[3])


def _domains(client: Client, call: Call, inputs: ServiceDomainInputs) -> answers.Domains:
    """What the service has; nothing, where it is not in the environment."""
    try:
        return client.domains(call, inputs.project_id, inputs.environment_id, inputs.service_id)
    except NotFound:
        return answers.Domains()


def _fields(inputs: ServiceDomainInputs) -> dict[str, Any]:
    return inputs.model_dump(mode="json", by_alias=True, exclude_none=True)


def _where(domain: answers.Domain, project_id: str) -> Properties:
    return {
        "projectId": project_id,
        "environmentId": domain.environment_id,
        "serviceId": domain.service_id,
        "targetPort": domain.target_port,
    }


def _given(domain: answers.Domain, project_id: str) -> Live:
    id_ = join(project_id, domain.environment_id, domain.service_id, domain.id)
    return Live(id_, _where(domain, project_id), {"domain": domain.domain})


def _custom(domain: answers.CustomDomain, project_id: str) -> Live:
    status = domain.status
    records: list[Value] = [
        {
            "type": record.record_type.removeprefix("DNS_RECORD_TYPE_"),
            "name": record.hostlabel,
            "fqdn": record.fqdn,
            "value": record.required_value,
            "purpose": record.purpose.removeprefix("DNS_RECORD_PURPOSE_"),
        }
        for record in sorted(status.dns_records, key=lambda record: (record.record_type, record.fqdn))
    ]
    target = next((item.required_value for item in status.dns_records if item.record_type.endswith("_CNAME")), "")
    outputs: Properties = {"records": records, "cnameTarget": target, "verified": status.verified}
    # Both may be null, as of a domain that has been proven: its record must not become an empty one.
    if host := status.verification_dns_host:
        outputs["verificationHost"] = host
    if token := status.verification_token:
        outputs["verificationToken"] = f"{_PROOF}{token.removeprefix(_PROOF)}"
    return Live(join(project_id, domain.id), {**_where(domain, project_id), "domain": domain.domain}, outputs)
