"""Variables: one collection, one owner, references as they are, and no value shown that may be secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import ProviderError, Severity

if TYPE_CHECKING:
    from tests.unit.providers.made import Made
    from tests.unit.providers.railway.world import Product


def collection(made: Product, **variables: str) -> Made:
    """The service's variables."""
    return made.world.create("VariableCollection", **made.where, variables=variables)


def held(made: Product) -> dict[str, Any]:
    """What the fake holds of them."""
    found: dict[str, Any] = made.world.app.store.document["variables"][f"{made.environment_id}:{made.service.id}"]
    return found


def test_one_request_writes_all(made: Product) -> None:
    """However many variables: the look that nobody else's are there, and one write."""
    made.world.requests()
    collection(made, **{f"V{number}": "x" for number in range(100)})
    assert 2 == made.world.requests()


def test_a_write_deploys_nothing(made: Product) -> None:
    """A service that runs is not deployed anew by a write of its variables."""
    made.deployed()
    collection(made, A="1")
    assert 1 == len(made.world.table("deployments"))


def test_what_is_not_declared_is_removed(made: Product) -> None:
    """The collection is ours as a whole: what somebody added is found, and removed by the next update."""
    found = collection(made, A="1")
    held(made)["B"] = "2"
    read = made.world.read(found)
    assert read is not None
    assert [("variables", "B")] == [change.path for change in made.world.diff(read, variables={"A": "1"}).changes]
    made.world.update(read, variables={"A": "1"})
    assert {"A": "1"} == held(made)


def test_the_platforms_variables_are_no_drift(made: Product) -> None:
    """What the platform gives a service is neither shown nor removed by name."""
    found = collection(made, A="1")
    held(made)["RAILWAY_PUBLIC_DOMAIN"] = "engine.up.railway.app"
    read = made.world.read(found)
    assert read is not None
    assert {"A": "1"} == read.stored.inputs["variables"]


def test_references_do_not_drift(made: Product) -> None:
    """A reference is read back as it was written, not as what it means."""
    world = made.world
    world.create(
        "VariableCollection",
        "shared",
        projectId=made.project.id,
        environmentId=made.environment_id,
        variables={"KEY": "the value"},
    )
    found = collection(made, KEY="${{shared.KEY}}")
    read = world.read(found)
    assert read is not None
    assert {"KEY": "${{shared.KEY}}"} == read.stored.inputs["variables"]


def test_shared_and_own_are_two(made: Product) -> None:
    """What is shared and what is the service's own are two collections with two ids."""
    shared = made.world.create(
        "VariableCollection",
        "shared",
        projectId=made.project.id,
        environmentId=made.environment_id,
        variables={"A": "1"},
    )
    own = collection(made, B="2")
    assert (f"{made.environment_id}:shared", f"{made.environment_id}:{made.service.id}") == (shared.id, own.id)


def test_somebody_elses_variables_are_not_lost(made: Product) -> None:
    """A collection that is there already and differs is not written over: it must be imported first."""
    made.world.client.replace_variables(
        made.world.call(), made.project.id, made.environment_id, made.service.id, {"THEIRS": "1"}
    )
    with pytest.raises(ProviderError, match="pulumi import railway:index:VariableCollection"):
        collection(made, OURS="2")
    assert {"THEIRS": "1"} == held(made)


def test_a_new_variable_may_be_secret(made: Product) -> None:
    """What the state does not know, or knows with another value, is secret in what a refresh gives."""
    found = collection(made, SAME="1", CHANGED="1")
    held(made).update(CHANGED="2", NEW="3")
    read = made.world.read(found)
    assert read is not None
    assert {("variables", "CHANGED"), ("variables", "NEW")} == read.secrets


def test_what_no_plan_has_shown_is_not_removed(made: Product) -> None:
    """What somebody added since the last refresh is named by an update, and neither removed nor shown."""
    found = collection(made, A="1")
    held(made)["THEIRS"] = "their-" + "value"
    with pytest.raises(ProviderError, match=r"somebody added.*THEIRS\n  fix: pulumi refresh") as caught:
        made.world.update(found, variables={"A": "2"})
    assert ({"A": "1", "THEIRS": "their-value"}, False) == (held(made), "their-value" in str(caught.value))


@pytest.fixture
def sealed(made: Product, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A collection in which somebody has sealed a variable: Railway gives no value for it."""
    found = collection(made, A="1")
    monkeypatch.setattr(made.world.client, "variables", lambda *_where: {"A": "1", "SEALED": None})
    return found


def test_a_sealed_variable_is_shown(made: Product, sealed: Made) -> None:
    """A refresh warns of a sealed variable, and a plan shows that it will go."""
    read = made.world.read(sealed)
    assert read is not None
    warnings = [text for severity, text in made.world.logged if severity is Severity.WARNING]
    assert (1, True) == (len(warnings), "SEALED" in warnings[0])
    assert [("variables", "SEALED")] == [change.path for change in made.world.diff(read, variables={"A": "1"}).changes]


def test_a_sealed_variable_is_not_removed_unseen(made: Product, sealed: Made) -> None:
    """Without a refresh, a write that would remove it is refused."""
    with pytest.raises(ProviderError, match=r"somebody added.*SEALED"):
        made.world.update(sealed, variables={"A": "2"})


def test_a_sealed_variable_is_not_imported(made: Product, sealed: Made) -> None:
    """An import would put some other text in its place: it is refused, and says what to do."""
    with pytest.raises(ProviderError, match="nobody can read them for an import: SEALED\n  fix: "):
        made.world.imported("VariableCollection", sealed.id)


@pytest.mark.parametrize("value", ["", "two\nlines\n", " spaced ", "${{shared.A}}-${{other.B}}", '"quoted" \\ $X'])
def test_values_are_kept_as_they_are(made: Product, value: str) -> None:
    """Whatever a value holds, it is no drift."""
    read = made.world.read(collection(made, A=value))
    assert read is not None
    assert {"A": value} == read.stored.inputs["variables"]


def test_an_imported_variable_may_be_secret(made: Product) -> None:
    """Every value of an import is secret: nobody has said that it is not."""
    found = collection(made, A="1", B="2")
    read = made.world.imported("VariableCollection", found.id)
    assert read is not None
    assert ({("variables", "A"), ("variables", "B")}, {"A": "1", "B": "2"}) == (read.secrets, read.out["variables"])


@pytest.mark.parametrize("name", ["RAILWAY_SERVICE_ID", "RAILWAY_TOKEN_OF_OURS"])
def test_the_platforms_names_are_refused(made: Product, name: str) -> None:
    """A name that the platform gives itself is refused before anything is sent."""
    (reason,) = made.world.failures("VariableCollection", **made.where, variables={name: "1"})
    assert f"{name}: the platform gives what begins with RAILWAY_ itself" == reason


def test_settings_that_are_variables(made: Product) -> None:
    """Settings that the platform takes as variables are written and read back."""
    read = made.world.read(collection(made, RAILWAY_RUN_UID="0"))
    assert read is not None
    assert {"RAILWAY_RUN_UID": "0"} == read.stored.inputs["variables"]


@pytest.mark.parametrize("name", ["1A", "A-B", "", "A B", "Ä"])
def test_names_that_are_none(made: Product, name: str) -> None:
    """A name that no shell would take is refused."""
    assert 1 == len(made.world.failures("VariableCollection", **made.where, variables={name: "1"}))


def test_each_write_has_a_revision_of_its_own(made: Product) -> None:
    """A write gives the deployment a reason; a plan leaves it open."""
    first = collection(made, A="1")
    assert {"revision"} == made.world.planned(first, variables={"A": "2"})
    assert first.out["revision"] != made.world.update(first, variables={"A": "2"}).out["revision"]


def test_a_revision_tells_nothing(made: Product) -> None:
    """The same values written twice have two revisions: it is made from no value."""
    first = collection(made, A="1")
    assert first.out["revision"] != made.world.update(first, variables={"A": "1"}).out["revision"]


def test_deleted_variables(made: Product) -> None:
    """A collection that is deleted leaves none; the platform's stay."""
    made.world.delete(collection(made, A="1"))
    assert {} == held(made)


def test_an_empty_collection(made: Product) -> None:
    """To declare that there are none is no drift."""
    found = collection(made)
    held(made).clear()
    read = made.world.read(found)
    assert read is not None
    assert () == made.world.diff(read, variables={}).changes
