"""The smallest provider that uses all of the kit: shelves, and boxes that stand on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field

from providers.kit.api import Api
from providers.kit.inputs import Inputs, Replaces, Secret, ServerDefault, Unordered, WriteOnly, wire
from providers.kit.native import Live, Resource
from providers.kit.package import Package

if TYPE_CHECKING:
    from collections.abc import Hashable

    import httpx

    from providers.kit import Call, Properties

VERSION: Final = "1.0.0"


class Config(Inputs):
    """How the sample's API is reached."""

    token: Annotated[str, Secret()]
    endpoint: str = "https://sample.example"


class Label(Inputs):
    """A label of a shelf."""

    key: str
    value: str = "yes"
    color: Annotated[str | None, ServerDefault()] = None


class ShelfInputs(Inputs):
    """A shelf."""

    name: str = Field(min_length=1, description="What it is called; there is one of a name.")
    size: int = Field(default=3, ge=1, le=9)
    room: Annotated[str | None, ServerDefault(), Replaces()] = None
    labels: Annotated[tuple[Label, ...], Unordered()] = ()
    note: str | None = None


class BoxInputs(Inputs):
    """A box on a shelf."""

    shelf_id: Annotated[str, Replaces()]
    name: str
    contents: Annotated[dict[str, str], Secret()] = Field(default_factory=dict)
    lock: Annotated[str | None, Secret(), WriteOnly()] = None
    hint: str | None = None


class Client:
    """The sample's API."""

    def __init__(self, config: Config, transport: httpx.BaseTransport | None = None) -> None:
        self.api = Api(config.endpoint, lambda: {"Authorization": f"Bearer {config.token}"}, transport=transport)

    def read(self, call: Call, path: str) -> Any:  # noqa: ANN401 - JSON
        """What a GET answers."""
        return self.api.send(call, f"GET {path.split('/')[1]}", "GET", path, idempotent=True).json()

    def write(self, call: Call, method: str, path: str, body: Any = None) -> Any:  # noqa: ANN401 - JSON
        """What another method answers; only a POST makes something."""
        operation = f"{method} {path.split('/')[1]}"
        return self.api.send(call, operation, method, path, json=body, idempotent=method != "POST").json()

    def close(self) -> None:
        """Close the connections."""
        self.api.close()


class Shelf(Resource[ShelfInputs, Client]):
    """A shelf, in the room that the server chooses unless the program does."""

    token = "sample:index:Shelf"  # noqa: S105 - a type token
    model = ShelfInputs
    computed = {"mark": str}  # noqa: RUF012 - a ClassVar of the base
    settle_seconds = 2.0

    def key(self, inputs: ShelfInputs) -> Hashable:
        """Its name."""
        return inputs.name

    def find(self, client: Client, call: Call, inputs: ShelfInputs) -> Live | None:
        """By name."""
        found = [item for item in client.read(call, "/shelves") if item["name"] == inputs.name]
        return _shelf(found[0]) if found else None

    def make(self, client: Client, call: Call, inputs: ShelfInputs) -> Live:
        """Make it."""
        return _shelf(client.write(call, "POST", "/shelves", wire(inputs)))

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """By id."""
        del stored
        return _shelf(client.read(call, f"/shelves/{id}"))

    def change(self, client: Client, call: Call, id: str, old: ShelfInputs, new: ShelfInputs) -> Live:  # noqa: A002 - as above
        """All of it."""
        del old
        return _shelf(client.write(call, "PUT", f"/shelves/{id}", wire(new)))

    def remove(self, client: Client, call: Call, id: str, old: ShelfInputs | None) -> None:  # noqa: A002 - as above
        """Remove it."""
        del old
        client.write(call, "DELETE", f"/shelves/{id}")


class Box(Resource[BoxInputs, Client]):
    """A box; its door is where it is opened, and whoever knows that can."""

    token = "sample:index:Box"  # noqa: S105 - a type token
    model = BoxInputs
    computed = {"door": Annotated[str, Secret()], "version": int}  # noqa: RUF012 - as above
    settle_seconds = 2.0

    def key(self, inputs: BoxInputs) -> Hashable:
        """Its name, on its shelf."""
        return inputs.shelf_id, inputs.name

    def find(self, client: Client, call: Call, inputs: BoxInputs) -> Live | None:
        """By shelf and name."""
        wanted = (inputs.shelf_id, inputs.name)
        found = [item for item in client.read(call, "/boxes") if (item["shelfId"], item["name"]) == wanted]
        return _box(found[0]) if found else None

    def make(self, client: Client, call: Call, inputs: BoxInputs) -> Live:
        """Make it."""
        return _box(client.write(call, "POST", "/boxes", wire(inputs)))

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - as above
        """By id."""
        del stored
        return _box(client.read(call, f"/boxes/{id}"))

    def change(self, client: Client, call: Call, id: str, old: BoxInputs, new: BoxInputs) -> Live:  # noqa: A002 - as above
        """All of it."""
        del old
        return _box(client.write(call, "PUT", f"/boxes/{id}", wire(new)))

    def remove(self, client: Client, call: Call, id: str, old: BoxInputs | None) -> None:  # noqa: A002 - as above
        """Remove it."""
        del old
        client.write(call, "DELETE", f"/boxes/{id}")

    def unsettled(self, old: BoxInputs, new: BoxInputs) -> frozenset[str]:
        """Each update counts the version up."""
        del old, new
        return frozenset({"version"})


def make(transport: httpx.BaseTransport | None = None) -> Package[Config, Client]:
    """The provider."""
    return Package("sample", VERSION, Config, lambda config: Client(config, transport), [Shelf, Box])


def _shelf(item: Any) -> Live:  # noqa: ANN401 - JSON
    return _live(item, ("mark",))


def _box(item: Any) -> Live:  # noqa: ANN401 - JSON
    return _live(item, ("door", "version"))


def _live(item: Any, computed: tuple[str, ...]) -> Live:  # noqa: ANN401 - JSON
    inputs = {key: value for key, value in item.items() if key not in {"id", *computed}}
    return Live(item["id"], inputs, {name: item[name] for name in computed})
