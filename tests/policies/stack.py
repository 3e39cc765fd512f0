"""Short ways to make stacks of resources that belong together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

S3_BUCKET = "aws:s3/bucket:Bucket"
R2_BUCKET = "cloudflare:index/r2Bucket:R2Bucket"


def called(one: Facts, name: str) -> Facts:
    """The same resource by another name."""
    return replace(one, name=name, urn=f"{one.urn.rpartition('::')[0]}::{name}")


def bucket(name: str = "vault", *, stack: str = "local", tags: Mapping[str, Value] | None = None) -> Facts:
    """An S3 bucket."""
    return called(facts(S3_BUCKET, {"bucket": name, "tags": tags or {}}, stack=stack), name)


def part(owner: Facts, token: str, key: str, props: Mapping[str, Value]) -> Facts:
    """A resource that sets up another, from whose output its key was computed; the value itself is not known."""
    made = facts(token, {key: UNKNOWN, **props}, stack=owner.stack)
    return replace(called(made, f"{owner.name}-part"), depends={key: frozenset({owner.urn})})


def naming(name: str, token: str, key: str, props: Mapping[str, Value]) -> Facts:
    """A resource that sets up another, which it names."""
    return called(facts(token, {key: name, **props}), f"{name}-part")
