"""The API: which path is which part's, and the envelope that all answers have."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from sandbox.cloudflare import buckets, dns_records, rulesets, tokens, zones
from sandbox.cloudflare.asking import Ask, Pages, RefusedError
from sandbox.fake.answers import as_json
from sandbox.fake.application import Application

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from werkzeug.wrappers import Request, Response

    from sandbox.fake.store import Document

#: What comes before every path.
BASE = "/client/v4"

#: The zone of the local stack (`Pulumi.local.yaml`; a test keeps both equal): zones are made by hand.
ZONE_ID = ACCOUNT_ID = "0" * 32
ZONE = "amoisekai.test"

_ZONE = "/zones/{zone_id}"
_RECORD = f"{_ZONE}/dns_records/{{dns_record_id}}"
_RULESET = f"{_ZONE}/rulesets/{{ruleset_id}}"
_ACCOUNT = "/accounts/{account_id}"
_TOKEN = f"{_ACCOUNT}/tokens/{{token_id}}"
_BUCKET = f"{_ACCOUNT}/r2/buckets/{{bucket_name}}"

#: Operations, named as in Cloudflare's reference: the method and the template of the path.
OPERATIONS: dict[str, Callable[[Ask], object]] = {
    "GET /zones": zones.every,
    f"GET {_ZONE}": zones.one,
    f"GET {_ZONE}/settings": zones.settings,
    f"GET {_ZONE}/settings/{{setting_id}}": zones.setting,
    f"PATCH {_ZONE}/settings/{{setting_id}}": zones.edit_setting,
    f"GET {_ZONE}/bot_management": zones.bots,
    f"PUT {_ZONE}/bot_management": zones.edit_bots,
    f"GET {_ZONE}/dns_records": dns_records.every,
    f"POST {_ZONE}/dns_records": dns_records.make,
    f"GET {_RECORD}": dns_records.one,
    f"PUT {_RECORD}": dns_records.replace,
    f"PATCH {_RECORD}": dns_records.edit,
    f"DELETE {_RECORD}": dns_records.remove,
    f"GET {_ZONE}/rulesets": rulesets.every,
    f"POST {_ZONE}/rulesets": rulesets.make,
    f"GET {_ZONE}/rulesets/phases/{{ruleset_phase}}/entrypoint": rulesets.entry_point,
    f"GET {_RULESET}": rulesets.one,
    f"PUT {_RULESET}": rulesets.replace,
    f"DELETE {_RULESET}": rulesets.remove,
    f"GET {_ACCOUNT}/tokens": tokens.every,
    f"POST {_ACCOUNT}/tokens": tokens.make,
    f"GET {_TOKEN}": tokens.one,
    f"PUT {_TOKEN}": tokens.replace,
    f"DELETE {_TOKEN}": tokens.remove,
    f"GET {_ACCOUNT}/r2/buckets": buckets.every,
    f"POST {_ACCOUNT}/r2/buckets": buckets.make,
    f"GET {_BUCKET}": buckets.one,
    f"DELETE {_BUCKET}": buckets.remove,
    f"GET {_BUCKET}/cors": buckets.cors,
    f"PUT {_BUCKET}/cors": buckets.edit_cors,
    f"DELETE {_BUCKET}/cors": buckets.remove_cors,
    f"GET {_BUCKET}/lifecycle": buckets.lifecycle,
    f"PUT {_BUCKET}/lifecycle": buckets.edit_lifecycle,
    f"GET {_BUCKET}/lock": buckets.lock,
    f"PUT {_BUCKET}/lock": buckets.edit_lock,
    f"GET {_BUCKET}/domains/managed": buckets.managed,
    f"PUT {_BUCKET}/domains/managed": buckets.edit_managed,
}

_PATHS = {name: re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", name)) for name in OPERATIONS}
_PER_PAGE = 20
_MOST_PER_PAGE = 100


class Cloudflare(Application):
    """Cloudflare's API v4, for what this repository declares."""

    def initial(self) -> Document:
        """One zone, as someone made it by hand."""
        return {"zones": {ZONE_ID: zones.new(ZONE_ID, ZONE, ACCOUNT_ID)}, "accounts": {}}

    def operations(self, request: Request) -> Sequence[str]:
        """The one operation of a request; a path that is none goes by itself."""
        return [_match(request)[0]]

    def reads(self, request: Request) -> bool:
        """GET changes nothing."""
        return request.method == "GET"

    def answer(self, request: Request, state: Document, now: float) -> Response:
        """Do what is asked."""
        name, ids = _match(request)
        try:
            operation = OPERATIONS.get(name, _no_route)
            return _enveloped(operation(Ask(state, ids, request.args, _body(request), now)), request)
        except RefusedError as refused:
            self.store.revert()
            return _refusal(refused.status, refused.code, str(refused))

    def error(self, status: int, message: str) -> Response:
        """An error that is no operation's own."""
        return _refusal(status, 10000, message)


def _no_route(_ask: Ask) -> None:
    raise RefusedError(404, 7000, "No route for that URI")


def _match(request: Request) -> tuple[str, dict[str, str]]:
    asked = f"{request.method} {request.path.removeprefix(BASE)}"
    for name, path in _PATHS.items():
        if match := path.fullmatch(asked):
            return name, match.groupdict()
    return asked, {}


def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.get_data() or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise RefusedError(400, 6007, "Malformed JSON in request body")
    return body


def _enveloped(result: object, request: Request) -> Response:
    envelope: Document = {"success": True, "errors": [], "messages": [], "result": result}
    if isinstance(result, Pages):
        page = _count(request, "page", 1)
        size = min(_count(request, "per_page", _PER_PAGE), _MOST_PER_PAGE)
        shown = result.items[(page - 1) * size : page * size]
        total = len(result.items)
        envelope["result"] = shown
        envelope["result_info"] = {
            "page": page,
            "per_page": size,
            "count": len(shown),
            "total_count": total,
            "total_pages": math.ceil(total / size),
        }
    return as_json(envelope)


def _count(request: Request, name: str, default: int) -> int:
    given = request.args.get(name, default, type=int)
    if given < 1:
        raise RefusedError(400, 6003, f"{name}: 1 or more")
    return given


def _refusal(status: int, code: int, message: str) -> Response:
    errors = [{"code": code, "message": message}]
    return as_json({"success": False, "errors": errors, "messages": [], "result": None}, status)
