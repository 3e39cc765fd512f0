"""Where each resource type is in Cloudflare's API, and by which id it is imported: as for the vendor's own plugin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from providers.kit import Properties, Value

_ZONE = "/zones/{zoneId}"
_BUCKET = "/accounts/{accountId}/r2/buckets/{bucketName}"


@dataclass(frozen=True)
class Place:
    """One type's place.

    Attributes:
        path: of the list that it is made in, or of the one that there always is; inputs in braces.
        imported: the id of an import; inputs, and ``id``, in braces. Empty: the vendor's plugin imports none.
        identity: the input that is its id; empty: the API makes one, and it stands in a list.
        write: the method that changes it.
        removed: whether a delete asks the API to: what there always is stays as it was last set, with the vendor too.
        camel: whether the API speaks camelCase here.
        replaces: inputs that replace it, beside those of its path.
        defaults: what the API says of inputs that nobody gave.
    """

    path: str
    imported: str = ""
    identity: str = ""
    write: str = "PUT"
    removed: bool = True
    camel: bool = False
    replaces: tuple[str, ...] = ()
    defaults: Mapping[str, Value] = field(default_factory=dict)

    @property
    def where(self) -> tuple[str, ...]:
        """The inputs that say where it is."""
        return _fields(self.path)

    def parse(self, identity: str) -> dict[str, str] | None:
        """The parts of an import's id; None where it has another form."""
        if not self.imported:
            return None
        match = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.imported), identity)
        return match.groupdict() if match else None

    def at(self, inputs: Properties, identity: str) -> str:
        """The path of one: below its list, or the only one."""
        return self.list(inputs) + ("" if self.identity else f"/{identity}")

    def list(self, inputs: Properties) -> str:
        """The path itself.

        Raises:
            KeyError: an input that says where it is is not given.
        """
        return self.path.format_map({name: inputs[name] for name in self.where})


def _fields(template: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name)


#: The types that the API holds here.
PLACES: dict[str, Place] = {
    "cloudflare:index/accountToken:AccountToken": Place(
        "/accounts/{accountId}/tokens", imported="{accountId}/{id}", defaults={"status": "active"}
    ),
    "cloudflare:index/botManagement:BotManagement": Place(
        f"{_ZONE}/bot_management",
        imported="{zoneId}",
        identity="zoneId",
        removed=False,
        defaults={
            "aiBotsProtection": "disabled",
            "crawlerProtection": "disabled",
            "enableJs": False,
            "fightMode": False,
            "isRobotsTxtManaged": False,
            "optimizeWordpress": False,
            "sbfmDefinitelyAutomated": "allow",
            "sbfmStaticResourceProtection": False,
            "sbfmVerifiedBots": "allow",
        },
    ),
    "cloudflare:index/dnsRecord:DnsRecord": Place(
        f"{_ZONE}/dns_records", imported="{zoneId}/{id}", defaults={"tags": [], "settings": {}}
    ),
    "cloudflare:index/r2BucketCors:R2BucketCors": Place(f"{_BUCKET}/cors", identity="bucketName", camel=True),
    "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle": Place(
        f"{_BUCKET}/lifecycle", identity="bucketName", removed=False, camel=True
    ),
    "cloudflare:index/r2BucketLock:R2BucketLock": Place(
        f"{_BUCKET}/lock", identity="bucketName", removed=False, camel=True
    ),
    "cloudflare:index/r2ManagedDomain:R2ManagedDomain": Place(
        f"{_BUCKET}/domains/managed", identity="bucketName", removed=False, camel=True
    ),
    "cloudflare:index/ruleset:Ruleset": Place(
        f"{_ZONE}/rulesets", imported="zones/{zoneId}/{id}", replaces=("kind", "phase"), defaults={"description": ""}
    ),
    "cloudflare:index/zoneSetting:ZoneSetting": Place(
        f"{_ZONE}/settings/{{settingId}}",
        imported="{zoneId}/{settingId}",
        identity="settingId",
        write="PATCH",
        removed=False,
    ),
}
