"""The handler of what Cloudflare's API holds: the sandbox's own service of it says what is so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from providers.kit import Call, Created, Diff, Properties, ProviderError, Stored, Value
from sandbox.plugins.cloudflare.translation import from_api, snake, to_api
from sandbox.plugins.sdk_types import ListOf, Ref, ResourceType
from sandbox.plugins.typed import TypedHandler

if TYPE_CHECKING:
    from collections.abc import Callable

    from providers.kit.api import Api
    from sandbox.plugins.cloudflare.places import Place
    from sandbox.plugins.sdk_check import Checker


class ApiResource(TypedHandler):
    """A resource that the API holds.

    Args:
        kind: its type.
        checker: checks inputs against it.
        place: where it is.
        api: gives the API.
    """

    def __init__(self, kind: ResourceType, checker: Checker, place: Place, api: Callable[[], Api]) -> None:
        replaces = (*place.where, *place.replaces, "accountId", "jurisdiction")
        super().__init__(kind, checker, replace_on=tuple((name,) for name in replaces))
        self._place = place
        self._api = api

    def make(self, call: Call, inputs: Properties) -> Created:
        """Make it where a list holds it, else set the one that there always is."""
        if self._place.identity:
            identity = str(inputs[self._place.identity])
            return Created(identity, self.change(call, Stored(identity), inputs))
        made = self._ask(call, "POST", self._list(inputs), self._body(inputs), idempotent=False)
        return Created(str(made["id"]), self._outputs(made, inputs, {}))

    def change(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Write it anew."""
        path = self._place.at(inputs, stored.id)
        self._ask(call, self._place.write, path, self._body(inputs))
        return self._outputs(self._ask(call, "GET", path), inputs, stored.outputs)

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """As it is now; for an import, by the vendor's own form of an id."""
        from providers.kit.api import NotFound  # noqa: PLC0415 - httpx is slow to import, and previews need none

        where, identity = (stored.inputs, stored.id) if stored.inputs else self._imported(call, stored.id)
        try:
            live = self._ask(call, "GET", self._place.at(where, identity))
        except NotFound:
            return None
        inputs = self._inputs(live, {name: where[name] for name in self._place.where}, stored.inputs)
        return Stored(identity, inputs, self._outputs(live, inputs, stored.outputs))

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """What is as it is by itself is the same whether it is asked for or not: an import leaves it out."""
        defaults: Properties = dict(self._place.defaults)
        return super().diff(call, replace(stored, inputs=defaults | stored.inputs), defaults | inputs)

    def delete(self, call: Call, stored: Stored) -> None:
        """Remove it; one that is gone already is no error."""
        from providers.kit.api import NotFound  # noqa: PLC0415 - as above

        if self._place.removed:
            try:
                self._ask(call, "DELETE", self._place.at(stored.inputs, stored.id))
            except NotFound:
                return

    def _imported(self, call: Call, given: str) -> tuple[Properties, str]:
        parts = self._place.parse(given)
        if parts is None:
            form = re.sub(r"\{(\w+)\}", lambda match: f"<{snake(match[1])}>", self._place.imported)
            known = f"an import's id is {form}" if form else "the vendor's plugin imports none either"
            raise ProviderError(f"{call.token}: {known}, got {given!r}")
        where: Properties = {name: parts[name] for name in self._place.where}
        return where, parts.get("id") or parts[self._place.identity]

    def _list(self, inputs: Properties) -> str:
        try:
            return self._place.list(inputs)
        except KeyError as error:
            raise ProviderError(f"the sandbox holds none of these without {error}") from error

    def _body(self, inputs: Properties) -> dict[str, Any]:
        """What is sent: what is no longer asked for goes back to what it is by itself."""
        sdk, asked = self.checker.sdk, {**self._place.defaults, **inputs}
        names = [name for name in self.kind.inputs if name not in self._place.where and asked.get(name) is not None]
        return {
            self._word(name): to_api(sdk, self.kind.inputs[name].type, asked[name], camel=self._place.camel)
            for name in names
        }

    def _inputs(self, live: dict[str, Any], where: Properties, old: Properties) -> Properties:
        """The inputs that would make it so: what nobody asked for, and is as it is by itself, is left out."""
        inputs = dict(where)
        for name, item in self.kind.inputs.items():
            value = from_api(self.checker.sdk, item.type, live.get(self._word(name)), camel=self._place.camel)
            if name in where or value is None or (name not in old and value == self._place.defaults.get(name)):
                continue
            inputs[name] = _without_made_up(value, old.get(name)) if _of_objects(item.type) else value
        return inputs

    def _outputs(self, live: dict[str, Any], inputs: Properties, old: Properties) -> Properties:
        """The inputs, and what the API tells beside them; a token's value is told once, and kept."""
        outputs: Properties = {
            name: [] for name, item in self.kind.outputs.items() if item.required and isinstance(item.type, ListOf)
        }
        outputs.update(inputs)
        for name, item in self.kind.outputs.items():
            if name not in inputs:
                value = from_api(self.checker.sdk, item.type, live.get(self._word(name)), camel=self._place.camel)
                value = old.get(name) if value is None and name not in self.kind.inputs else value
                if value is not None:
                    outputs[name] = value
        return outputs

    def _word(self, name: str) -> str:
        return name if self._place.camel else snake(name)

    def _ask(
        self, call: Call, method: str, path: str, body: dict[str, Any] | None = None, *, idempotent: bool = True
    ) -> dict[str, Any]:
        operation = f"{method} {self._place.path}"
        answer = self._api().send(call, operation, method, path, json=body, idempotent=idempotent).json()
        result = answer["result"]
        return result if isinstance(result, dict) else {}


def _of_objects(kind: object) -> bool:
    return isinstance(kind, ListOf) and isinstance(kind.item, Ref)


def _without_made_up(live: Value, old: Value) -> Value:
    """A list's objects without the ids that the API gave them, where those are not asked for."""
    before = old if isinstance(old, list) else []
    items = live if isinstance(live, list) else []
    return [_asked_for(item, before[place] if place < len(before) else None) for place, item in enumerate(items)]


def _asked_for(item: Value, asked: Value) -> Value:
    """A rule of a ruleset: each bears an id, that for its name where nobody gave it one, and is on unless said."""
    if not isinstance(item, dict) or "ref" not in item:
        return item
    made_up = {"id"} | ({"ref"} if item["ref"] == item.get("id") else set())
    if isinstance(asked, dict):
        made_up |= {"enabled"} if item.get("enabled") is True else set()
        made_up -= asked.keys()
    return {key: value for key, value in item.items() if key not in made_up}
