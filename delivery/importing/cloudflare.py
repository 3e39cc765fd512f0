"""What is live at Cloudflare in the zones and buckets that the program is about, and by what each thing is known.

Only ``GET`` is sent. Ids are those of the vendor's plugin (pulumi-cloudflare 6, the "Import" section of each
resource). Its rules of buckets cannot be imported by an id: they are given to the engine whole, as the API tells them,
under the id that the plugin itself gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from delivery.importing.live import Keys, Live, Part, State, only
from providers.kit.api import Api, ApiError, NotFound
from providers.kit.handler import Call
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import httpx

    from policies.preview import Resource

#: Cloudflare's public API.
ENDPOINT: Final = "https://api.cloudflare.com/client/v4"
#: What the vendor's plugin calls a resource to which its API gives no id.
NO_ID: Final = "missing ID"
#: A token's value is told once, when it is made: taken over, it would be of no use to the program.
TOKEN: Final = "cloudflare:index/accountToken:AccountToken"  # noqa: S105 - a type token, no secret

#: What Cloudflare answers for what a token may not see, beside 404.
_HIDDEN: Final = frozenset({400, 403})
_PAGE: Final = 100
_MOST_PAGES: Final = 100


def _name(host: str) -> str:
    return host.rstrip(".").lower()


def _content(held: str) -> str:
    """Texts are kept with quotation marks around them, names of hosts in any case."""
    return held.strip('"').rstrip(".").lower()


_ZONE = Part("zoneId")
_RECORD = (_ZONE, Part("type"), Part("name", normal=_name))
_BUCKET = (Part("accountId"), Part("bucketName"))
_JURISDICTION: Final = "default"


def _token(kind: str) -> str:
    return f"cloudflare:index/{kind[0].lower()}{kind[1:]}:{kind}"


#: Natural keys, parents first.
KEYS: Keys = {
    _token("ZoneSetting"): ((_ZONE, Part("settingId")),),
    _token("BotManagement"): ((_ZONE,),),
    _token("DnsRecord"): ((*_RECORD, Part("content", normal=_content)), _RECORD),
    _token("Ruleset"): ((_ZONE, Part("kind"), Part("phase")),),
    _token("R2Bucket"): ((Part("accountId"), Part("name"), Part("jurisdiction", _JURISDICTION)),),
    _token("R2BucketLifecycle"): (_BUCKET,),
    _token("R2BucketLock"): (_BUCKET,),
    _token("R2BucketCors"): (_BUCKET,),
    _token("R2ManagedDomain"): (_BUCKET,),
}


class Client:
    """Cloudflare's API, read; nothing is sent before the first call of a method."""

    def __init__(self, endpoint: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._api = Api(endpoint.rstrip("/"), lambda: headers, transport=transport)

    def get(self, path: str, template: str) -> Any:  # noqa: ANN401 - JSON
        """The result of one request; None where there is no such thing.

        Raises:
            ApiError: Cloudflare could not be asked.
        """
        try:
            return self._asked(path, template).get("result")
        except NotFound:
            return None

    def records(self, zone: str) -> Iterator[Mapping[str, Any]]:
        """Every DNS record of a zone, page by page."""
        for page in range(1, _MOST_PAGES + 1):
            params: dict[str, str | int | bool] = {"page": page, "per_page": _PAGE}
            answer = self._asked(f"/zones/{zone}/dns_records", "/zones/{zone}/dns_records", params)
            yield from answer.get("result") or ()
            if page >= (answer.get("result_info") or {}).get("total_pages", 1):
                return

    def buckets(self, account: str) -> Iterator[Mapping[str, Any]]:
        """Every R2 bucket of an account that is in no jurisdiction."""
        cursor = ""
        for _ in range(_MOST_PAGES):
            params: dict[str, str | int | bool] = {"per_page": _PAGE, **({"cursor": cursor} if cursor else {})}
            answer = self._asked(f"/accounts/{account}/r2/buckets", "/accounts/{account}/r2/buckets", params)
            yield from (answer.get("result") or {}).get("buckets") or ()
            cursor = (answer.get("result_info") or {}).get("cursor") or ""
            if not cursor:
                return

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    def _asked(self, path: str, template: str, params: Mapping[str, str | int | bool] | None = None) -> dict[str, Any]:
        """The whole answer, in Cloudflare's envelope."""
        answer = self._api.send(Call(), f"GET {template}", "GET", path, params=params, idempotent=True)
        try:
            body = answer.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise ApiError(f"GET {template}: the answer is not Cloudflare's", status=answer.status_code)
        return body


def look(client: Client, resources: Sequence[Resource]) -> list[Live]:
    """Everything in the declared zones and accounts that a program could declare.

    Settings and rules are looked at where the program declares them: every zone and bucket has all of them.

    Args:
        client: the API.
        resources: what the program declares.

    Raises:
        Problem: the token may not see a zone (exit code 14).
        ApiError: Cloudflare could not be asked.
    """
    return list(_Declared(client, resources).look())


@dataclass(frozen=True)
class _Declared:
    client: Client
    resources: Sequence[Resource]

    def look(self) -> Iterator[Live]:
        for zone in self._known("zoneId", "DnsRecord", "Ruleset", "ZoneSetting", "BotManagement"):
            self._seen(zone)
        for zone in self._known("zoneId", "DnsRecord", "Ruleset"):
            yield from (_record(zone, item) for item in self.client.records(zone))
            rulesets = self.client.get(f"/zones/{zone}/rulesets", "/zones/{zone}/rulesets") or ()
            yield from (_ruleset(zone, item) for item in rulesets if item["kind"] == "zone")
        for zone in self._known("zoneId", "ZoneSetting"):
            for setting in self._known("settingId", "ZoneSetting"):
                if self.client.get(f"/zones/{zone}/settings/{setting}", "/zones/{zone}/settings/{setting}"):
                    fields = {"zoneId": zone, "settingId": setting}
                    yield Live(_token("ZoneSetting"), f"{zone}/{setting}", f"the zone's setting {setting}", fields)
        for zone in self._known("zoneId", "BotManagement"):
            if self.client.get(f"/zones/{zone}/bot_management", "/zones/{zone}/bot_management"):
                yield Live(_token("BotManagement"), zone, "the zone's fight against bots", {"zoneId": zone})
        for account in self._known("accountId", "R2Bucket"):
            yield from self._buckets(account)

    def _seen(self, zone: str) -> None:
        """Stop where the token may not see a zone: for Cloudflare, one that is not of the account is one of none."""
        try:
            found = self.client.get(f"/zones/{zone}", "/zones/{zone}")
        except ApiError as error:
            if error.status not in _HIDDEN:
                raise
            found = None
        if found is None:
            raise Problem(
                f"Cloudflare shows this token no zone {zone}",
                where="groundwork:amoisekai.domains.zoneId in the stack file",
                allowed="the id of a zone of the token's account: it stands on the zone's overview page",
                fix="mend the id, or let the token read the zone (Zone: Read), then run it again: nothing was changed",
                exit_code=ExitCode.VENDOR,
            )

    def _buckets(self, account: str) -> Iterator[Live]:
        declared = self._known("name", "R2Bucket")
        for item in self.client.buckets(account):
            yield _bucket(account, item)
            for kind, (part, told) in _RULES.items() if item["name"] in declared else ():
                path = f"/accounts/{account}/r2/buckets/{item['name']}/{part}"
                held = self.client.get(path, f"/accounts/{{account}}/r2/buckets/{{name}}/{part}")
                if held and (state := told(held)):
                    yield _rules(kind, account, item["name"], state)

    def _known(self, name: str, *kinds: str) -> list[str]:
        """What the program says an input is, in all resources of these types; what it does not know yet is left out."""
        tokens = {_token(kind) for kind in kinds}
        found = {one.inputs.get(name) for one in self.resources if one.token in tokens}
        return sorted(value for value in found if isinstance(value, str))


def _record(zone: str, item: Mapping[str, Any]) -> Live:
    fields = {"zoneId": zone, **{name: str(item.get(name) or "") for name in ("type", "name", "content")}}
    return Live(_token("DnsRecord"), f"{zone}/{item['id']}", f"the record {item['type']} {item['name']}", fields)


def _ruleset(zone: str, item: Mapping[str, Any]) -> Live:
    fields = {"zoneId": zone, "kind": str(item["kind"]), "phase": str(item["phase"])}
    label = f"the ruleset {item.get('name') or item['id']} ({item['phase']})"
    return Live(_token("Ruleset"), f"zones/{zone}/{item['id']}", label, fields)


def _bucket(account: str, item: Mapping[str, Any]) -> Live:
    jurisdiction = item.get("jurisdiction") or _JURISDICTION
    fields = {"accountId": account, "name": str(item["name"]), "jurisdiction": jurisdiction}
    return Live(
        _token("R2Bucket"),
        f"{account}/{item['name']}/{jurisdiction}",
        f"the bucket {item['name']}",
        fields,
        {"bucketName": only(item["name"])},
    )


def _rules(kind: str, account: str, bucket: str, state: Mapping[str, Any]) -> Live:
    fields = {"accountId": account, "bucketName": bucket}
    label = f"the {_RULES[kind][0].replace('/', ' ')} of the bucket {bucket}"
    inputs = {**fields, **state}
    outputs = {**inputs, "jurisdiction": _JURISDICTION}  # the plugin's default, which it keeps in the state
    off = state.get("enabled") is False  # as every bucket is that nobody touched
    return Live(_token(kind), NO_ID, label, fields, state=State(inputs, outputs), by_itself=off)


def _ruled(held: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"rules": held["rules"]} if held.get("rules") else {}


def _managed(held: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"enabled": held["enabled"]}


#: Rules of a bucket: where they are asked for, and what of the answer a program declares. The API's names for all of
#: it are the plugin's too.
_RULES: Final[Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]]]] = {
    "R2BucketLifecycle": ("lifecycle", _ruled),
    "R2BucketLock": ("lock", _ruled),
    "R2BucketCors": ("cors", _ruled),
    "R2ManagedDomain": ("domains/managed", _managed),
}
