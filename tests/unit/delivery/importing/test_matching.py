"""Which live thing is which resource: by natural keys, through what it hangs on, and never by a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from delivery.importing.live import Keys, Live, Part, only
from delivery.importing.matching import match
from tests.unit.delivery.importing.declared import declared, urn

if TYPE_CHECKING:
    from policies.preview import Resource

KEYS: Keys = {
    "a:index:Project": ((),),
    "a:index:Service": ((Part("projectId"), Part("name", normal=str.lower)),),
    "a:index:Settings": ((Part("serviceId"),),),
    "a:index:Monitor": ((Part("name"), Part("url")), (Part("url"),)),
}
PROJECT = Live("a:index:Project", "p1", "project", {}, {"projectId": only("p1")})
ENGINE = Live("a:index:Service", "s1", "engine", {"projectId": "p1", "name": "engine"}, {"serviceId": only("s1")})
SETTINGS = Live("a:index:Settings", "s1:e", "settings", {"serviceId": "s1"})


def test_ids_that_are_not_known_come_from_the_matches_of_what_they_are_computed_from() -> None:
    """A project, its service, and the service's settings, of which the program knows no id yet."""
    project = declared("a:index:Project", "project")
    service = declared("a:index:Service", "engine", name="engine", depends={"projectId": project.urn})
    settings = declared("a:index:Settings", "settings", depends={"serviceId": service.urn})

    found = match([settings, service, project], [SETTINGS, ENGINE, PROJECT], KEYS)

    assert {project.urn: PROJECT, service.urn: ENGINE, settings.urn: SETTINGS} == found.matched


def test_what_hangs_on_a_thing_that_is_not_there_is_not_there() -> None:
    """The settings of a service that nothing live is match no settings, whatever there is."""
    project = declared("a:index:Project", "project")
    service = declared("a:index:Service", "other", name="other", depends={"projectId": project.urn})
    settings = declared("a:index:Settings", "settings", depends={"serviceId": service.urn})

    found = match([project, service, settings], [PROJECT, ENGINE, SETTINGS], KEYS)

    assert [service, settings] == found.missing


def test_an_id_that_nobody_can_tell_matches_nothing() -> None:
    """An unknown that is computed from something without a key is no wildcard."""
    settings = declared("a:index:Settings", "settings", depends={"serviceId": urn("b:index:Other", "other")})

    assert [settings] == match([settings], [SETTINGS], KEYS).missing


def test_what_is_in_the_state_takes_its_own_live_thing() -> None:
    """A resource with known ids is matched too, so that nobody else is, and nobody calls it unmanaged."""
    service = declared("a:index:Service", "engine", name="Engine", projectId="p1")

    found = match([service], [ENGINE], KEYS)

    assert ({service.urn: ENGINE}, []) == (found.matched, found.unmanaged)


def test_two_things_of_one_key_are_not_told_apart() -> None:
    """Both are listed, and none is taken."""
    service = declared("a:index:Service", "engine", name="engine", projectId="p1")
    twin = Live("a:index:Service", "s2", "engine", dict(ENGINE.fields))

    found = match([service], [ENGINE, twin], KEYS)

    assert ({}, [(service, (ENGINE, twin))]) == (
        found.matched,
        [(one.resource, one.live) for one in found.ambiguous],
    )


def test_two_resources_of_one_key_are_not_told_apart() -> None:
    """One thing cannot be both, and which of them it is nobody knows."""
    both = [declared("a:index:Service", name, name="engine", projectId="p1") for name in ("one", "two")]

    found = match(both, [ENGINE], KEYS)

    assert ({}, both) == (found.matched, [one.resource for one in found.ambiguous])


def test_a_surer_way_goes_first_whatever_the_order() -> None:
    """Of two monitors of one address, each takes the one of its name; the one without a name takes what is left."""
    first = Live("a:index:Monitor", "1", "m", {"name": "first", "url": "u"})
    other = Live("a:index:Monitor", "2", "m", {"name": "by hand", "url": "u"})
    renamed = declared("a:index:Monitor", "renamed", name="new name", url="u")
    named = declared("a:index:Monitor", "named", name="first", url="u")

    found = match([renamed, named], [first, other], KEYS)

    assert {named.urn: first, renamed.urn: other} == found.matched


def test_what_nobody_declares_is_told() -> None:
    """A live thing without a resource, in a project that is declared."""
    assert [ENGINE] == match([declared("a:index:Project", "project")], [PROJECT, ENGINE], KEYS).unmanaged


def test_what_is_within_something_of_another_stack_is_not_told() -> None:
    """Of an environment that this program declares nothing in, it knows nothing."""
    theirs = Live("a:index:Settings", "s9:e9", "settings", {"serviceId": "s9"}, within="e9")

    assert [] == match([declared("a:index:Project", "project")], [PROJECT, theirs], KEYS).unmanaged


def test_what_is_there_by_itself_is_not_told() -> None:
    """Nobody need declare it."""
    alone = Live("a:index:Settings", "s9:e9", "settings", {"serviceId": "s9"}, by_itself=True)

    assert [] == match([], [alone], KEYS).unmanaged


def test_types_without_a_key_are_not_looked_at() -> None:
    """They are someone else's."""
    found = match([declared("b:index:Other", "other")], [], KEYS)

    assert ([], {}) == (found.missing, found.matched)


NAMES = st.lists(st.sampled_from("abcd"), max_size=6)


@given(names=NAMES, live_names=NAMES)
def test_nothing_is_matched_twice_and_nothing_is_lost(names: list[str], live_names: list[str]) -> None:
    """Each resource and each thing ends in exactly one list, and a match is of one resource and one thing alone."""
    resources = [declared("a:index:Service", str(place), name=name, projectId="p1") for place, name in enumerate(names)]
    live = [
        Live("a:index:Service", str(place), name, {"projectId": "p1", "name": name})
        for place, name in enumerate(live_names)
    ]

    found = match(resources, live, KEYS)

    ends: list[Resource] = [*found.missing, *(one.resource for one in found.ambiguous)]
    assert sorted(one.urn for one in resources) == sorted([*found.matched, *(one.urn for one in ends)])
    assert len({one.id for one in found.matched.values()}) == len(found.matched)
    assert all(names.count(one.label) == live_names.count(one.label) == 1 for one in found.matched.values())
