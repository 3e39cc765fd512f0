"""Whatever a program says, an update of it is followed by nothing to do, in whatever order Railway answers."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.providers.railway.world import World, product

if TYPE_CHECKING:
    from tests.unit.providers.made import Made

_words = st.text(alphabet=string.ascii_letters + string.digits + " -_./${}öß\"'\\", max_size=12)
_names = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True).filter(lambda name: not name.startswith("RAILWAY_"))
_ports = st.none() | st.integers(1, 65535)
_texts = st.none() | _words
_lists = st.none() | st.lists(_words.filter(bool), max_size=4)

_instances = st.fixed_dictionaries(
    {"image": st.sampled_from(["good", "good:2", "registry.example/app@sha256:0"])},
    optional={
        "startCommand": _texts,
        "buildCommand": _texts,
        "rootDirectory": _texts,
        "dockerfilePath": _texts,
        "preDeployCommand": _lists,
        "watchPatterns": _lists,
        "healthcheckPath": st.none() | _words.map(lambda word: f"/{word}"),
        "healthcheckTimeout": st.integers(1, 3600),
        "restartPolicyType": st.sampled_from(["ALWAYS", "NEVER", "ON_FAILURE"]),
        "restartPolicyMaxRetries": st.integers(0, 20),
        "numReplicas": st.integers(1, 20),
        "region": st.none() | st.sampled_from(["us-west2", "europe-west4-drams3a"]),
        "builder": st.none() | st.sampled_from(["NIXPACKS", "RAILPACK"]),
        "cronSchedule": st.none() | st.just("*/5 * * * *"),
        "sleepApplication": st.booleans(),
        "drainingSeconds": st.integers(0, 60),
        "overlapSeconds": st.integers(0, 60),
        "memoryGB": st.none() | st.integers(1, 64).map(lambda half: half / 2),
        "vCPUs": st.none() | st.integers(1, 64).map(lambda half: half / 2),
    },
)

_programs: st.SearchStrategy[tuple[str, dict[str, Any], dict[str, Any]]] = st.one_of(
    st.tuples(st.just("ServiceInstance"), _instances, _instances),
    st.tuples(
        st.just("VariableCollection"),
        st.fixed_dictionaries({"variables": st.dictionaries(_names, _words, max_size=6)}),
        st.fixed_dictionaries({"variables": st.dictionaries(_names, _words, max_size=6)}),
    ),
    st.tuples(
        st.just("VolumeBackupSchedule"),
        st.fixed_dictionaries({"kinds": st.permutations(["DAILY", "WEEKLY", "MONTHLY"]).map(lambda kinds: kinds[:2])}),
        st.fixed_dictionaries({"kinds": st.permutations(["DAILY", "WEEKLY", "MONTHLY"])}),
    ),
    st.tuples(
        st.just("CustomDomain"),
        st.fixed_dictionaries({"domain": st.just("api.amoisekai.com"), "targetPort": _ports}),
        st.fixed_dictionaries({"domain": st.just("api.amoisekai.com"), "targetPort": _ports}),
    ),
    st.tuples(
        st.just("ServiceDomain"),
        st.fixed_dictionaries({"targetPort": _ports}),
        st.fixed_dictionaries({"targetPort": _ports}),
    ),
    st.tuples(
        st.just("Project"),
        st.fixed_dictionaries({"name": st.just("other")}, optional={"description": _words, "prDeploys": st.booleans()}),
        st.fixed_dictionaries({"name": st.just("other")}, optional={"description": _words, "prDeploys": st.booleans()}),
    ),
)


def settled(world: World, made: Made, program: dict[str, Any]) -> Made:
    """Nothing is left to do for this program: as it is, and after a refresh."""
    checked = world.checked(made.kind, **program)
    handler, call = world.handler(made.kind), world.call(made.name, made.kind)
    assert () == handler.diff(call, made.stored, checked).changes
    read = world.read(made)
    assert read is not None
    assert () == handler.diff(call, read.stored, checked).changes
    again = world.read(made)
    assert again is not None
    assert () == handler.diff(call, again.stored, read.stored.inputs).changes  # in another order of the answers
    return read


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(_programs)
def test_no_perma_diff(programs: tuple[str, dict[str, Any], dict[str, Any]]) -> None:
    """Made, it is as it should be; edited to anything else and updated, it is so again."""
    kind, first, second = programs
    world = World()
    place = product(world)
    where: dict[str, Any] = {} if kind == "Project" else place.where
    if kind == "VolumeBackupSchedule":
        volume = world.create("Volume", **where, mountPath="/data")
        where = {"volumeInstanceId": volume.out["volumeInstanceId"]}
    before = {**where, **first}
    after = {**where, **second}
    found = settled(world, world.create(kind, "it", **before), before)
    checked = world.checked(kind, **after)
    handler, call = world.handler(kind), world.call("it", kind)
    assert not handler.diff(call, found.stored, checked).replaces
    outputs = handler.update(call, found.stored, checked)
    found.stored = type(found.stored)(found.id, checked, outputs)
    settled(world, found, after)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(_programs)
def test_an_import_is_complete(programs: tuple[str, dict[str, Any], dict[str, Any]]) -> None:
    """Imported by its id alone, by another program that says the same, there is nothing to do."""
    kind, program, _ = programs
    world = World()
    place = product(world)
    where: dict[str, Any] = {} if kind == "Project" else place.where
    if kind == "VolumeBackupSchedule":
        volume = world.create("Volume", **where, mountPath="/data")
        where = {"volumeInstanceId": volume.out["volumeInstanceId"]}
    made = world.create(kind, "it", **{**where, **program})
    if kind == "VariableCollection" and not program["variables"]:
        return  # none is no collection that could be imported
    world.restart()
    found = world.imported(kind, made.id)
    assert found is not None
    checked = world.checked(kind, **{**where, **program})
    assert () == world.handler(kind).diff(world.call("imported", kind), found.stored, checked).changes
