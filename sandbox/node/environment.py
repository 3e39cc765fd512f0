"""The environment of a container: exactly what its image and its spec say, nothing of the node's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.node import fields
from sandbox.node.expansion import expand
from sandbox.node.kube import PodRef
from sandbox.node.objects import MissingError, Objects, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lightkube.models.core_v1 import Container, EnvFromSource, EnvVar, EnvVarSource
    from lightkube.resources.core_v1 import Pod


@dataclass(frozen=True)
class Environment:
    """Variables of one container.

    Attributes:
        values: name to value.
        secret: names whose value came from a Secret; these are never rewritten or shown.
    """

    values: Mapping[str, str]
    secret: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Resolver:
    """Resolves the variables of a pod's containers.

    Attributes:
        objects: reader of Secrets and ConfigMaps.
        allocatable: what the node offers, for limits that are not set.
        service: variables that every pod gets: where the API server is.
    """

    objects: Objects
    allocatable: Mapping[str, str]
    service: Mapping[str, str]

    def resolve(self, pod: Pod, container: Container, image: Mapping[str, str]) -> Environment:
        """Merge, in rising order: image, API server's address, envFrom, env.

        A value of ``env`` may refer to those before it with ``$(NAME)``.

        Raises:
            MissingError: a Secret, a ConfigMap or a key of one is absent and not optional.
            fields.UnknownFieldError: a fieldRef or resourceFieldRef names nothing.
        """
        namespace = PodRef.of(pod).namespace
        own: dict[str, str] = {}
        secret: set[str] = set()
        for source in container.envFrom or []:
            table, is_secret = self._whole(namespace, source)
            own |= table
            secret = secret | set(table) if is_secret else secret - set(table)
        for variable in container.env or []:
            value, is_secret = self._one(pod, container, variable, dict(self.service) | own)
            if value is None:
                continue
            own[variable.name] = value
            secret = secret | {variable.name} if is_secret else secret - {variable.name}
        return Environment(dict(image) | dict(self.service) | own, frozenset(secret))

    def _whole(self, namespace: str, source: EnvFromSource) -> tuple[dict[str, str], bool]:
        prefix = source.prefix or ""
        data: Mapping[str, bytes] | None = None
        if source.configMapRef:
            reference = source.configMapRef
            found = self.objects.config_map(namespace, reference.name or "")
            data = require(found, "configmap", reference.name or "", optional=bool(reference.optional))
        elif source.secretRef:
            secret = source.secretRef
            found = self.objects.secret(namespace, secret.name or "")
            data = require(found, "secret", secret.name or "", optional=bool(secret.optional))
        table = {prefix + key: value.decode(errors="replace") for key, value in (data or {}).items()}
        return table, source.secretRef is not None

    def _one(
        self, pod: Pod, container: Container, variable: EnvVar, known: Mapping[str, str]
    ) -> tuple[str | None, bool]:
        source = variable.valueFrom
        if source is None:
            return expand(variable.value or "", known), False
        if source.fieldRef:
            return fields.field(pod, source.fieldRef.fieldPath), False
        if source.resourceFieldRef:
            return fields.resource(source.resourceFieldRef, container, self.allocatable), False
        return self._key(PodRef.of(pod).namespace, source), source.secretKeyRef is not None

    def _key(self, namespace: str, source: EnvVarSource) -> str | None:
        reference = source.secretKeyRef or source.configMapKeyRef
        if reference is None:
            return None
        name, kind = reference.name or "", "Secret" if source.secretKeyRef else "ConfigMap"
        read = self.objects.secret if source.secretKeyRef else self.objects.config_map
        data = require(read(namespace, name), kind, name, optional=bool(reference.optional))
        if data is None:
            return None
        if reference.key not in data:
            if reference.optional:
                return None
            msg = f"couldn't find key {reference.key} in {kind} {namespace}/{name}"
            raise MissingError(msg)
        return data[reference.key].decode(errors="replace")
