"""The types read from an SDK's source text, held against what its imported classes say of themselves."""

from __future__ import annotations

import importlib.metadata
import inspect
import subprocess
import sys
from typing import TYPE_CHECKING

import pulumi._types as pulumi_types
import pytest

from sandbox.plugins.sdk_types import Anything, ListOf, MapOf, OneOf, Ref, Scalar, Sdk, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

AWS = Sdk("pulumi_aws")
CLOUDFLARE = Sdk("pulumi_cloudflare")
GRAFANA = Sdk("pulumiverse_grafana")


def _nested(sdk: Sdk, kind: Type, seen: set[Ref]) -> Iterator[Ref]:
    match kind:
        case ListOf():
            yield from _nested(sdk, kind.item, seen)
        case MapOf():
            yield from _nested(sdk, kind.value, seen)
        case OneOf():
            for option in kind.options:
                yield from _nested(sdk, option, seen)
        case Ref() if kind not in seen:
            seen.add(kind)
            yield kind
            target = sdk.resolve(kind)
            for item in target.values() if isinstance(target, dict) else ():
                yield from _nested(sdk, item.type, seen)
        case _:
            return


@pytest.mark.parametrize("sdk", [CLOUDFLARE, GRAFANA], ids=lambda sdk: sdk.package)
def test_every_resource_has_types(sdk: Sdk) -> None:
    """Every resource that an SDK registers is found in its text, and each class that it names is found too."""
    missing = [token for token in sdk.source.resources if sdk.resource(token) is None]
    seen: set[Ref] = set()
    unresolved = [
        ref.name
        for token in sdk.source.resources
        if (read := sdk.resource(token))
        for item in read.inputs.values()
        for ref in _nested(sdk, item.type, seen)
        if isinstance(sdk.resolve(ref), Anything)
    ]
    assert (missing, unresolved) == ([], [])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the SDKs warn of their own old classes
@pytest.mark.parametrize(
    ("sdk", "module"),
    [(AWS, "s3"), (AWS, "iam"), (AWS, "secretsmanager"), (AWS, "kms"), (AWS, "ecr"), (GRAFANA, "alerting")],
    ids=lambda value: value if isinstance(value, str) else value.package,
)
def test_names_and_required_agree_with_the_imported_classes(sdk: Sdk, module: str) -> None:
    """Names on the wire and required properties are those of the imported `...Args` classes."""
    loaded = importlib.import_module(f"{sdk.package}.{module}")
    read, said = {}, {}
    for token, place in sdk.source.resources.items():
        if place.folder != module:
            continue
        resource = sdk.resource(token)
        arguments = getattr(loaded, f"{place.name}InitArgs", getattr(loaded, f"{place.name}Args", None))
        if resource is None or arguments is None:
            continue
        names = pulumi_types.input_type_py_to_pulumi_names(arguments)
        parameters = inspect.signature(arguments.__init__).parameters
        said[token] = {
            wire: parameters[name].default is inspect.Parameter.empty
            for name, wire in names.items()
            if name in parameters
        }
        read[token] = {item.name: item.required for item in resource.inputs.values()}
    assert said == read
    assert read


def test_nested_types_are_followed() -> None:
    """A lifecycle rule's days are an integer, three classes below the resource."""
    resource = AWS.resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    assert resource is not None
    rules = resource.inputs["rules"].type
    assert isinstance(rules, ListOf)
    assert isinstance(rules.item, Ref)
    rule = AWS.resolve(rules.item)
    assert isinstance(rule, dict)
    expiration = rule["expiration"].type
    assert isinstance(expiration, Ref)
    target = AWS.resolve(expiration)
    assert isinstance(target, dict)
    assert Scalar("integer") == target["days"].type


def test_outputs_are_what_the_resource_declares() -> None:
    """A bucket's outputs hold its inputs and what the service computes."""
    resource = AWS.resource("aws:s3/bucket:Bucket")
    assert resource is not None
    assert {"arn", "bucket", "hostedZoneId", "tagsAll", "region"} <= resource.outputs.keys()


def test_secret_outputs_are_known() -> None:
    """The outputs that the SDK marks secret are known as such."""
    resource = AWS.resource("aws:secretsmanager/secretVersion:SecretVersion")
    assert resource is not None
    assert frozenset({"secretBinary", "secretString", "secretStringWo"}) == resource.secrets


def test_available_values_of_a_docstring_are_an_enum() -> None:
    """Cloudflare's docstrings list the values that its API takes: they are the type's values."""
    resource = CLOUDFLARE.resource("cloudflare:index/r2Bucket:R2Bucket")
    assert resource is not None
    assert Scalar("string", ("apac", "eeur", "enam", "weur", "wnam", "oc")) == resource.inputs["location"].type


def test_unknown_token_has_no_type() -> None:
    """A token that the SDK does not register has no type."""
    assert AWS.resource("aws:s3/bukket:Bukket") is None


def test_version_is_the_installed_one() -> None:
    """The version is the installed package's, which the vendor's plugin shares."""
    assert importlib.metadata.version("pulumi-aws") == AWS.source.version


def test_nothing_is_imported() -> None:
    """Reading a Cloudflare type does not import the SDK, which costs seconds."""
    program = (
        "import sys; from sandbox.plugins.sdk_types import Sdk;"
        "Sdk('pulumi_cloudflare').resource('cloudflare:index/r2Bucket:R2Bucket');"
        "print('pulumi_cloudflare' in sys.modules or 'pulumi' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
