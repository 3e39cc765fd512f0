"""What each resource takes, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import UNKNOWN, ProviderError, Severity, Stored
from providers.kit.api import ApiError, NotFound
from providers.railway import revisions
from providers.railway.deployments import DeployError
from sandbox.fake.faults import Kind

if TYPE_CHECKING:
    from tests.unit.providers.made import Made
    from tests.unit.providers.railway.world import Product, World


def refreshed(world: World, made: Made) -> Made:
    """What a refresh gives of what is there."""
    found = world.read(made)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "inputs", "reason"),
    [
        ("Project", {"name": ""}, "at least 1 character"),
        ("ServiceInstance", {"image": "a", "repo": "b/c"}, "image and repo: a service has one of them"),
        ("ServiceInstance", {"registryUsername": "a"}, "registryUsername and registryPassword: both or none"),
        ("ServiceInstance", {"healthcheckPath": "api/health"}, "match pattern"),
        ("ServiceInstance", {"healthcheckTimeout": 0}, "greater than or equal to 1"),
        ("ServiceInstance", {"restartPolicyType": "SOMETIMES"}, "'ALWAYS', 'NEVER' or 'ON_FAILURE'"),
        ("ServiceInstance", {"numReplicas": 0}, "greater than or equal to 1"),
        ("ServiceInstance", {"cronSchedule": "hourly"}, "match pattern"),
        ("ServiceInstance", {"memoryGB": 0}, "greater than 0"),
        ("ServiceInstance", {"multiRegionConfig": {"a": {"numReplicas": 1}}}, "at least 2 items"),
        ("ServiceInstance", {"healthCheckPath": "/"}, "did you mean healthcheckPath?"),
        ("Volume", {"mountPath": "data"}, "match pattern"),
        ("VolumeBackupSchedule", {"volumeInstanceId": "v", "kinds": []}, "at least 1 item"),
        ("VolumeBackupSchedule", {"volumeInstanceId": "v", "kinds": ["HOURLY"]}, "'DAILY', 'WEEKLY' or 'MONTHLY'"),
        ("CustomDomain", {"domain": "https://api.amoisekai.com"}, "match pattern"),
        ("CustomDomain", {"domain": "api.amoisekai.com", "targetPort": 0}, "greater than or equal to 1"),
        ("TcpProxy", {"applicationPort": 70000}, "less than or equal to 65535"),
        ("DeploymentTrigger", {"repository": "engine", "branch": "main"}, "match pattern"),
        ("Deployment", {"timeoutSeconds": 0}, "greater than or equal to 1"),
    ],
)
def test_what_is_not_acceptable(made: Product, kind: str, inputs: dict[str, Any], reason: str) -> None:
    """What Railway would refuse, or mean otherwise, is refused before anything is sent, with its reason."""
    needs = kind not in {"Project", "VolumeBackupSchedule"}
    reasons = made.world.failures(kind, **({**made.where, **inputs} if needs else inputs))
    assert [True] == [reason in text for text in reasons], reasons


def test_two_projects_of_one_name(world: World) -> None:
    """Railway does not mind two projects of one name; we do not guess which is meant."""
    for _ in range(2):
        world.client.create_project(world.call(), name="amoisekai")
    with pytest.raises(ProviderError, match="there are 2 projects named amoisekai"):
        world.create("Project", name="amoisekai")


def test_a_renamed_default_environment(made: Product) -> None:
    """Another name for the default environment, given in the dashboard, does not replace the project."""
    made.world.client.rename_environment(made.world.call(), made.environment_id, "live")
    read = refreshed(made.world, made.project)
    assert ((), made.environment_id) == (made.world.diff(read).changes, read.out["defaultEnvironmentId"])


def test_the_default_environment_of_an_import(made: Product) -> None:
    """An imported project knows which environment it was made with, beside others."""
    made.world.create("Environment", "staging", projectId=made.project.id, name="a-staging")
    read = made.world.imported("Project", made.project.id)
    assert read is not None
    assert ("production", made.environment_id) == (read.out["defaultEnvironmentName"], read.out["defaultEnvironmentId"])


def test_the_default_environment_can_be_declared(made: Product) -> None:
    """It is there already: declared, it is adopted."""
    environment = made.world.create("Environment", projectId=made.project.id, name="production")
    assert made.environment_id == environment.id
    assert Severity.INFO in [severity for severity, _ in made.world.logged]


def test_a_service_has_no_source(made: Product) -> None:
    """A new service has nothing that could be deployed."""
    assert [None] == [item["source"] for item in made.world.table("instances")]


def test_settings_that_somebody_made(made: Product) -> None:
    """A service that somebody has set up by hand is not written over: it must be imported first."""
    fields = {"source": {"image": "theirs"}}
    made.world.client.update_instance(made.world.call(), made.service.id, made.environment_id, fields)
    with pytest.raises(ProviderError, match="pulumi import railway:index:ServiceInstance"):
        made.instance(image="ours")
    assert [{"image": "theirs"}] == [item["source"] for item in made.world.table("instances")]


def test_an_instance_without_its_source_is_not_done(made: Product) -> None:
    """A create that broke off after the limits is made whole by the next: the source is written last."""
    made.world.fault("serviceInstanceUpdate", Kind.ERROR, times=6, status=500)
    with pytest.raises(ApiError):
        made.instance(memoryGB=2.0)
    made.instance(memoryGB=2.0, startCommand="serve")
    assert ["serve"] == [item["startCommand"] for item in made.world.table("instances")]


def test_limits_that_did_not_change_are_not_sent(made: Product) -> None:
    """An update that leaves the limits alone sends one request."""
    instance = made.instance(memoryGB=2.0)
    made.world.requests()
    made.world.update(instance, startCommand="serve")
    assert 1 == made.world.requests()


def test_limits_that_are_left_out_go_back_to_the_plans(made: Product) -> None:
    """What the program says no more of limits, Railway decides."""
    made.world.update(made.instance(memoryGB=2.0, vCPUs=1.0), memoryGB=None, vCPUs=None)
    assert [None] == [item["limits"] for item in made.world.table("instances")]


def test_a_registrys_password_is_kept(made: Product) -> None:
    """Railway never gives it back: a refresh keeps what the state holds, and finds nothing."""
    password = "a-" + "password"
    instance = made.instance(registryUsername="robot", registryPassword=password)
    (held,) = made.world.table("instances")
    read = refreshed(made.world, instance)
    assert (password, password) == (held["registryCredentials"]["password"], read.stored.inputs["registryPassword"])


def test_a_registry_that_is_left_out_is_forgotten(made: Product) -> None:
    """Credentials that the program says no more are taken from Railway."""
    instance = made.instance(registryUsername="robot", registryPassword="a-" + "password")
    made.world.update(instance, registryUsername=None, registryPassword=None)
    assert [None] == [item["registryCredentials"] for item in made.world.table("instances")]


def test_what_a_plan_of_an_instance_leaves_open(made: Product) -> None:
    """Only the revision."""
    assert {"revision"} == made.world.planned(made.instance(), startCommand="serve")


def test_a_volume_moves(made: Product) -> None:
    """A volume is given another path, another name and another service in place, with all that it holds."""
    world = made.world
    other = world.create("Service", "other", projectId=made.project.id, name="other")
    volume = world.create("Volume", **made.where, mountPath="/data", name="data")
    moved = world.update(volume, mountPath="/srv", name="stories", serviceId=other.id)
    (held,) = world.table("volumeInstances")
    assert ("/srv", other.id, "stories") == (held["mountPath"], held["serviceId"], moved.out["name"])


def test_a_volume_of_another_place_is_another(made: Product) -> None:
    """A volume cannot go to another region, environment or project: data would be lost, so the plan says replace."""
    volume = made.world.create("Volume", **made.where, mountPath="/data")
    for change in ({"region": "asia-southeast1"}, {"environmentId": "other"}, {"projectId": "other"}):
        assert made.world.diff(volume, **change).replaces


def test_a_volume_that_could_not_be_named(made: Product) -> None:
    """A volume that was made is recorded, whatever comes after: the next update goes on from there."""
    made.world.fault("volumeUpdate", Kind.ERROR, times=6)
    with pytest.raises(ProviderError) as caught:
        made.world.create("Volume", **made.where, mountPath="/data", name="data")
    (volume,) = made.world.table("volumes")
    assert f"{made.environment_id}:{volume['id']}" == getattr(caught.value, "id", "")


def test_a_backup_schedule_in_any_order(made: Product) -> None:
    """Kinds are a set: their order is no difference."""
    volume = made.world.create("Volume", **made.where, mountPath="/data")
    schedule = made.world.create(
        "VolumeBackupSchedule", volumeInstanceId=volume.out["volumeInstanceId"], kinds=["WEEKLY", "DAILY"]
    )
    assert () == made.world.diff(refreshed(made.world, schedule), kinds=["DAILY", "WEEKLY"]).changes


def test_records_for_the_dns(made: Product) -> None:
    """A custom domain says which records it needs, in words that a DNS provider takes."""
    domain = made.world.create("CustomDomain", **made.where, domain="api.amoisekai.com")
    (record,) = domain.out["records"]
    assert ("CNAME", "api", "api.amoisekai.com") == (record["type"], record["name"], record["fqdn"])
    assert ("TRAFFIC_ROUTE", domain.out["cnameTarget"]) == (record["purpose"], record["value"])


def test_a_proof_that_railway_tells_no_more(made: Product) -> None:
    """The proof of a domain stays what it was when Railway has none of it any more: its DNS record stays too."""
    domain = made.world.create("CustomDomain", **made.where, domain="api.amoisekai.com", targetPort=8000)
    (held,) = made.world.app.store.document["customDomains"].values()
    held["token"] = None
    proofs = [made.world.update(domain, targetPort=8001).out, refreshed(made.world, domain).out]
    assert [domain.out["verificationToken"]] * 2 == [out.get("verificationToken") for out in proofs]


def test_the_port_of_a_domain(made: Product) -> None:
    """The port that a domain leads to is changed in place, another domain is another."""
    for kind, more in (("CustomDomain", {"domain": "api.amoisekai.com"}), ("ServiceDomain", {})):
        domain = made.world.create(kind, **made.where, targetPort=8001, **more)
        moved = refreshed(made.world, made.world.update(domain, targetPort=9000))
        assert (domain.id, 9000) == (moved.id, moved.stored.inputs["targetPort"])


def test_a_triggers_folder_is_kept(made: Product) -> None:
    """Railway does not give a trigger's folder back: a refresh keeps what the state holds."""
    trigger = made.world.create(
        "DeploymentTrigger", **made.where, repository="amoisekai/engine", branch="main", rootDirectory="engine"
    )
    assert "engine" == refreshed(made.world, trigger).stored.inputs["rootDirectory"]


def test_only_a_trigger_deploys_anew(made: Product) -> None:
    """Another time-out is no reason to deploy; a trigger is."""
    deployment = made.deployed()
    patient = made.world.update(deployment, timeoutSeconds=900)
    assert (1, deployment.out["deploymentId"]) == (len(made.world.table("deployments")), patient.out["deploymentId"])
    anew = made.world.update(patient, triggers={"instance": "2"})
    assert (2, patient.out["deploymentId"]) == (
        len(made.world.table("deployments")),
        anew.out["previousDeploymentId"],
    )


def test_what_a_plan_of_a_deployment_leaves_open(made: Product) -> None:
    """With a new trigger all of it, otherwise nothing."""
    deployment = made.deployed()
    everything = {"deploymentId", "previousDeploymentId", "status", "url"}
    assert everything == made.world.planned(deployment, triggers={"instance": "2"})
    assert set() == made.world.planned(deployment, timeoutSeconds=900)


def test_a_deployment_by_hand(made: Product) -> None:
    """A refresh gives what somebody else deployed; an update after it does not deploy once more for that."""
    deployment = made.deployed()
    release = made.world.client.release(made.world.call(), made.service.id, made.environment_id)
    read = refreshed(made.world, deployment)
    seen = (read.out["deploymentId"], read.stored.inputs["deploymentId"], read.out["previousDeploymentId"])
    assert (release.deployment.id, release.deployment.id, deployment.out["deploymentId"]) == seen
    assert () == made.world.diff(read).changes
    assert read.out["deploymentId"] == refreshed(made.world, read).out["deploymentId"]


def test_a_failed_deployment_leaves_the_state_as_it_was(made: Product) -> None:
    """The state goes on holding the old triggers, so that the next update deploys again."""
    made.world.images(bad={"healthy": False})
    deployment = made.deployed(healthcheckPath="/api/health")
    fields = {"source": {"image": "bad"}}
    made.world.client.update_instance(made.world.call(), made.service.id, made.environment_id, fields)
    with pytest.raises(DeployError, match="serves on"):
        made.world.update(deployment, triggers={"instance": "2"})
    read = refreshed(made.world, deployment)
    assert (deployment.out["deploymentId"], "SUCCESS") == (read.out["deploymentId"], read.out["status"])


def test_an_imported_deployment_is_not_deployed_anew(made: Product) -> None:
    """Railway knows nothing of triggers: after an import, what the program says of them counts as so."""
    deployment = made.deployed()
    made.world.restart()
    read = made.world.imported("Deployment", deployment.id)
    assert read is not None
    assert () == made.world.diff(read, triggers={"instance": "1"}, timeoutSeconds=900).changes


@pytest.mark.parametrize("revision", [revisions.written(), UNKNOWN], ids=["known", "unknown"])
def test_what_is_written_after_an_import_is_deployed(made: Product, revision: str) -> None:
    """Otherwise new variables would wait for a change of something else; in a preview they are not known yet."""
    deployment = made.deployed()
    made.world.restart()
    read = made.world.imported("Deployment", deployment.id)
    assert read is not None
    changes = made.world.diff(read, triggers={"instance": revisions.found(), "variables": revision}).changes
    assert {"triggers"} == {change.path[0] for change in changes}


def test_a_deleted_deployment_runs_no_more(made: Product) -> None:
    """To delete it is to stop what runs."""
    deployment = made.deployed()
    made.world.delete(deployment)
    assert (["REMOVED"], None) == (
        [item["status"] for item in made.world.table("deployments")],
        made.world.read(deployment),
    )


def everything(made: Product) -> list[Made]:
    """One of each, children last."""
    world, where = made.world, made.where
    volume = world.create("Volume", **where, mountPath="/data")
    schedule = {"volumeInstanceId": volume.out["volumeInstanceId"], "kinds": ["DAILY"]}
    return [
        made.project,
        made.service,
        world.create("Environment", projectId=made.project.id, name="staging"),
        made.instance(),
        world.create("VariableCollection", **where, variables={"A": "1"}),
        volume,
        world.create("VolumeBackupSchedule", **schedule),
        world.create("CustomDomain", **where, domain="api.amoisekai.com"),
        world.create("ServiceDomain", **where),
        world.create("DeploymentTrigger", **where, repository="amoisekai/engine", branch="main"),
        world.create("TcpProxy", **where, applicationPort=5432),
        world.create("Deployment", **where, triggers={"a": "1"}),
    ]


def test_deleted_behind_our_back(made: Product) -> None:
    """A refresh finds that each is gone, however it went; to delete it then is no error."""
    found = everything(made)
    for item in reversed(found):
        made.world.delete(item)
        assert (item.kind, None) == (item.kind, made.world.read(item))
        made.world.delete(item)


def test_deleted_with_what_it_was_in(made: Product) -> None:
    """With the project all is gone: a refresh finds that too, and does not stop at Railway's errors."""
    found = everything(made)
    made.world.delete(made.project)
    assert [] == [item.kind for item in found if made.world.read(item) is not None]


@pytest.mark.parametrize(
    ("kind", "table"),
    [("CustomDomain", "customDomains"), ("DeploymentTrigger", "triggers"), ("TcpProxy", "tcpProxies")],
)
def test_ids_that_changed(made: Product, kind: str, table: str) -> None:
    """What was deleted and made again just so, by somebody else, is the same to us under its new id."""
    item = next(item for item in everything(made) if item.kind == kind)
    held = made.world.app.store.document[table]
    ((old, document),) = held.items()
    held.clear()
    held["another"] = {**document, "id": "another"}
    read = refreshed(made.world, item)
    assert (old, "another") == (item.id.rpartition(":")[2], read.id.rpartition(":")[2])


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("ServiceInstance", "one"),
        ("VariableCollection", "a:b:c"),
        ("Volume", "one"),
        ("CustomDomain", ":a"),
        ("ServiceDomain", "a:b"),
        ("DeploymentTrigger", "a"),
        ("TcpProxy", "a:b"),
        ("Deployment", "a:"),
    ],
)
def test_ids_that_nobody_has(world: World, kind: str, wrong: str) -> None:
    """Whoever imports with an id of another shape is told the shape."""
    with pytest.raises(ProviderError, match=r"is not an identity of the shape \w+:\w+"):
        world.handler(kind).read(world.call(kind=kind), Stored(wrong))


def test_what_is_gone_cannot_be_updated(made: Product) -> None:
    """An update of what somebody deleted says so, and what to do."""
    made.world.delete(made.service)
    with pytest.raises(ProviderError, match="pulumi refresh"):
        made.world.update(made.service, name="other")


def test_a_domain_that_is_gone(made: Product) -> None:
    """The client says so of a domain that it must have."""
    with pytest.raises(NotFound):
        made.world.client.known_custom_domain(made.world.call(), made.project.id, "none")
