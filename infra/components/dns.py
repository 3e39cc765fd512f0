"""Names of a product in its Cloudflare zone: what leads browsers is proxied, always.

Importing this file costs more than a second (the Cloudflare SDK): `infra.program` does so only when it declares one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pulumi
import pulumi_cloudflare as cloudflare

from infra.components.base import ArgumentError, Component, ComponentArgs, Suppress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

# Lower-case host name of at least two labels; a label may begin with "_", as names of protocols do (RFC 8552).
_HOST = re.compile(r"(?=.{1,253}$)(_?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")

#: What Cloudflare calls "automatic": its own choice, and the only one of a proxied record.
_AUTOMATIC = 1

_GUARDS = ("zone-settings-present", "waf-present", "rate-limit-present")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record.

    Attributes:
        host: full name, as in ``api.example.com``; an output where a vendor says it.
        kind: its type.
        content: where it leads, or the text of a TXT record without quotation marks.

    Raises:
        ArgumentError: a name that is no full host name.
    """

    host: pulumi.Input[str]
    kind: Literal["A", "AAAA", "CNAME", "TXT"]
    content: pulumi.Input[str]

    def __post_init__(self) -> None:
        if isinstance(self.host, str) and not _HOST.fullmatch(self.host):
            raise ArgumentError("host", self.host, "a full host name in lower case, as in 'api.example.com'")


@dataclass(frozen=True, kw_only=True)
class DnsArgs(ComponentArgs):
    """Which names a zone has.

    Attributes:
        zone_id: the zone.
        records: part of the resource's name -> record.
        comment: what Cloudflare shows beside each.

    Raises:
        ArgumentError: no records.
    """

    zone_id: str
    records: Mapping[str, Record]
    comment: str = "by groundwork"

    def __post_init__(self) -> None:
        if not self.records:
            raise ArgumentError("records", {}, "at least one record")


class Dns(Component):
    """Records of one zone. Makes: one record each."""

    def __init__(self, name: str, args: DnsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("dns:Dns", name, args, opts)
        for part, record in sorted(args.records.items()):
            cloudflare.DnsRecord(
                f"{name}-{part}",
                zone_id=args.zone_id,
                name=record.host,
                type=record.kind,
                content=_content(record),
                ttl=_AUTOMATIC,
                proxied=record.kind != "TXT",
                comment=args.comment,
                opts=self.child(),
            )
        self.register_outputs({"zoneId": args.zone_id})


def railway(  # noqa: PLR0913 - two records are made of five facts
    part: str,
    host: str,
    *,
    zone: str,
    target: pulumi.Input[str],
    verification_host: pulumi.Input[str],
    verification_token: pulumi.Input[str],
) -> dict[str, Record]:
    """The records of a Railway custom domain: the name itself, and the text by which Railway knows whose it is.

    Args:
        part: part of the resources' names.
        host: full name.
        zone: the zone's name, as in ``example.com``.
        target: `CustomDomain.cname_target`.
        verification_host: `CustomDomain.verification_host`: full, or as seen from the zone.
        verification_token: `CustomDomain.verification_token`.

    Raises:
        ArgumentError: Railway told no proof, when that is known: a record of nothing would take the real one's place.
    """
    proof = pulumi.Output.from_input(verification_host).apply(lambda given: full(told("name", given), zone))
    text = pulumi.Output.from_input(verification_token).apply(lambda given: told("text", given))
    return {
        part: Record(host=host, kind="CNAME", content=target),
        f"{part}-verify": Record(host=proof, kind="TXT", content=text),
    }


def told(what: str, given: str | None) -> str:
    """A part of the proof as Railway told it.

    Raises:
        ArgumentError: it told none.
    """
    if not given:
        allowed = (
            "told by Railway, which it does no more of this domain: delete it there, the next update makes it anew"
        )
        raise ArgumentError(f"{what} of the domain's proof", given, allowed)
    return given


def full(host: str, zone: str) -> str:
    """A full host name, of one that is full already or as seen from the zone; ``@`` is the zone itself."""
    host = host.rstrip(".").lower()
    if host in ("", "@", zone):
        return zone
    return host if host.endswith(f".{zone}") else f"{host}.{zone}"


def guarded_elsewhere(by: str, owner: str, expires: dt.date) -> tuple[Suppress, ...]:
    """What the gate finds where a stack has records in a zone whose settings are another's: for `DnsArgs.suppress`.

    Args:
        by: the stack that owns the zone's settings, as in ``prod``.
        owner: person or team that answers for it.
        expires: last day on which it holds.
    """
    reason = f"the zone's settings and firewall are declared by the stack {by}, once"
    return tuple(Suppress(id=rule, reason=reason, owner=owner, expires=expires) for rule in _GUARDS)


def _content(record: Record) -> pulumi.Input[str]:
    """A TXT record's content as the API asks for it: a quoted string (Cloudflare API reference, "DNS records")."""
    return pulumi.Output.format('"{0}"', record.content) if record.kind == "TXT" else record.content
