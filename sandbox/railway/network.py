"""Names under which a service is reached: custom domains, Railway's own, TCP proxies."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Final

from sandbox.railway.connection import in_any_order
from sandbox.railway.errors import missing, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root

SUFFIX = "up.railway.app"
_PROXY = "proxy.rlwy.net"
_PORTS = range(10_000, 60_000)
_DOMAIN_PARTS = 2
# Two labels or more, the first of which may stand for any.
_DOMAIN = re.compile(r"(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def open_proxy(account: Account, instance: Document, port: int) -> None:
    """A TCP proxy to the port; one that is there stays.

    Raises:
        GraphQLError: the instance has one to another port.
    """
    here = {"serviceId": instance["serviceId"], "environmentId": instance["environmentId"]}
    held = account.all("tcpProxies", **here)
    if any(proxy["applicationPort"] == port for proxy in held):
        return
    if held:
        raise refused("Only one TCP proxy is allowed per service instance")
    given = {"domain": f"{secrets.token_hex(4)}.{_PROXY}", "proxyPort": secrets.choice(_PORTS), "syncStatus": "ACTIVE"}
    account.make("tcpProxies", {**here, **given, "applicationPort": port})


def close_proxy(account: Account, instance: Document, port: int) -> None:
    """No TCP proxy to the port any more."""
    here = {"serviceId": instance["serviceId"], "environmentId": instance["environmentId"]}
    account.drop("tcpProxies", **here, applicationPort=port)


def _domains(account: Account, asked: Arguments) -> Document:
    here = {"serviceId": asked["serviceId"], "environmentId": asked["environmentId"]}
    account.instance(asked["serviceId"], asked["environmentId"])
    return {table: in_any_order(account.all(table, **here)) for table in ("customDomains", "serviceDomains")}


def _custom(account: Account, asked: Arguments) -> Document:
    found = account.find("customDomains", asked["id"])
    if found["projectId"] != asked["projectId"]:
        raise missing("CustomDomain")
    return found


def _create_custom(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    domain = wanted["domain"].lower()
    if not _DOMAIN.fullmatch(domain):
        raise refused("Invalid domain")
    _free(account, domain)
    answer = {"target": f"{secrets.token_hex(4)}.{SUFFIX}", "token": secrets.token_hex(32), "verified": False}
    return _make(account, "customDomains", wanted, {"domain": domain, **answer})


def _update_custom(account: Account, asked: Arguments) -> bool:
    found = account.find("customDomains", asked["id"])
    if found["environmentId"] != asked["environmentId"]:
        raise missing("CustomDomain")
    account.change(found, {"targetPort": asked.get("targetPort")})
    return True


def _create_own(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    name = account.find("services", wanted["serviceId"])["name"].lower().replace(" ", "-")
    given = {"domain": f"{name}-{secrets.token_hex(2)}.{SUFFIX}", "suffix": SUFFIX}
    return _make(account, "serviceDomains", wanted, given)


def _update_own(account: Account, asked: Arguments) -> bool:
    wanted = asked["input"]
    found = account.find("serviceDomains", wanted["serviceDomainId"])
    if wanted["domain"] != found["domain"]:
        _free(account, wanted["domain"])
    account.change(found, {"domain": wanted["domain"], "targetPort": wanted.get("targetPort")})
    return True


def _make(account: Account, table: str, wanted: Document, fields: Document) -> Document:
    instance = account.instance(wanted["serviceId"], wanted["environmentId"])
    if wanted.get("projectId", instance["projectId"]) != instance["projectId"]:
        raise missing("Project")
    here = {name: instance[name] for name in ("serviceId", "environmentId", "projectId")}
    port = {"targetPort": wanted.get("targetPort")}
    return account.make(table, {**here, **port, **fields, "syncStatus": "ACTIVE"})


def _free(account: Account, domain: str) -> None:
    if account.all("customDomains", domain=domain) or account.all("serviceDomains", domain=domain):
        raise refused(f"{domain} is already in use")


def _status(_account: Account, found: Document, _asked: Arguments) -> Document:
    label, zone = _split(found["domain"])
    record = {
        "recordType": "DNS_RECORD_TYPE_CNAME",
        "purpose": "DNS_RECORD_PURPOSE_TRAFFIC_ROUTE",
        "hostlabel": label,
        "fqdn": found["domain"],
        "zone": zone,
        "requiredValue": found["target"],
        "currentValue": found["target"] if found["verified"] else "",
        "status": f"DNS_RECORD_STATUS_{'PROPAGATED' if found['verified'] else 'REQUIRES_UPDATE'}",
    }
    certificate = "VALID" if found["verified"] else "VALIDATING_OWNERSHIP"
    return {
        "dnsRecords": [record],
        "verificationDnsHost": f"_railway-verify.{label}".removesuffix(".@"),
        "verificationToken": found["token"],
        "verified": found["verified"],
        "certificateStatus": f"CERTIFICATE_STATUS_TYPE_{certificate}",
    }


def _split(domain: str) -> tuple[str, str]:
    parts = domain.split(".")
    return ".".join(parts[:-_DOMAIN_PARTS]) or "@", ".".join(parts[-_DOMAIN_PARTS:])


def _proxies(account: Account, asked: Arguments) -> list[Document]:
    here = {"serviceId": asked["serviceId"], "environmentId": asked["environmentId"]}
    account.instance(asked["serviceId"], asked["environmentId"])
    return in_any_order(account.all("tcpProxies", **here))


def _deletes(table: str) -> Root:
    def delete(account: Account, asked: Arguments) -> bool:
        account.drop(table, id=account.find(table, asked["id"])["id"])
        return True

    return delete


QUERIES: Final[Mapping[str, Root]] = {"customDomain": _custom, "domains": _domains, "tcpProxies": _proxies}
MUTATIONS: Final[Mapping[str, Root]] = {
    "customDomainCreate": _create_custom,
    "customDomainUpdate": _update_custom,
    "customDomainDelete": _deletes("customDomains"),
    "serviceDomainCreate": _create_own,
    "serviceDomainUpdate": _update_own,
    "serviceDomainDelete": _deletes("serviceDomains"),
    "tcpProxyDelete": _deletes("tcpProxies"),
}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {"CustomDomain": {"status": _status}}
