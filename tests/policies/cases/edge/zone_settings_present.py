"""Cases of `zone-settings-present`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_NAMES = ("ssl", "always_use_https", "min_tls_version", "security_header")
_ZONE = facts("cloudflare:index/zone:Zone", {"name": "example.com"})
_KNOWN = facts("cloudflare:index/zone:Zone", {"name": "example.com", "id": "abc"})
_OTHER = replace(_KNOWN, urn="urn:other", props={"name": "example.org", "id": "def"})


def _record(zone: Value = "abc", **props: Value) -> Facts:
    return facts("cloudflare:index/dnsRecord:DnsRecord", {"zoneId": zone, "type": "A", "name": "www"} | props)


def _setting(name: Value, zone: Value = "abc") -> Facts:
    return facts("cloudflare:index/zoneSetting:ZoneSetting", {"settingId": name, "value": "on", "zoneId": zone})


_ALL = [_setting(name) for name in _NAMES]
_LATE = [replace(_setting(name, UNKNOWN), depends={"zoneId": frozenset({_ZONE.urn})}) for name in _NAMES]

PASS = {
    "an empty stack": [],
    "by the zone's output": [_ZONE, *_LATE],
    "by the zone's id": [_KNOWN, *_ALL],
    "a zone that others declare": [_record(), *_ALL],
    "records of the same zone": [_KNOWN, *_ALL, _record()],
    "a zone without names of the web": [_record(type="TXT"), _record(name="_dmarc")],
    "the old type of record": [facts("cloudflare:index/record:Record", {"zoneId": "abc", "type": "A"}), *_ALL],
    # Of none it is known which zone they belong to: they may be of one.
    "an unknown zone": [_record(UNKNOWN), *(_setting(name, UNKNOWN) for name in _NAMES)],
}
FAIL = {
    "none": ([_ZONE], ("name",) * 4),
    **{
        f"no {name}": ([_KNOWN, *(part for part in _ALL if part.props["settingId"] != name)], ("name",))
        for name in _NAMES
    },
    "another zone's": ([_KNOWN, _OTHER, *_ALL], ("name",) * 4),
    "a zone that others declare, told once": ([_record(), _record()], ("zoneId",) * 4),
    "two of them": ([_record(), _record("def"), *_ALL], ("zoneId",) * 4),
    "by the old type": ([facts("cloudflare:index/record:Record", {"zoneId": "abc", "type": "CNAME"})], ("zoneId",) * 4),
    "an address of the other kind": ([_record(type="AAAA")], ("zoneId",) * 4),
}
PENDING = {
    # What was not seen to be set is not: the update asks again, with every value known.
    "the setting": ([_KNOWN, *_ALL[1:], _setting(UNKNOWN)], ("name",)),
    "its zone": ([_KNOWN, *_ALL[1:], _setting("ssl", UNKNOWN)], ("name",)),
}
