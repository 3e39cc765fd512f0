"""The provider: what of Railway can be declared."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from providers.kit.inputs import Inputs
from providers.kit.markers import Secret
from providers.kit.package import Package
from providers.railway.client import Client
from providers.railway.graphql import ENDPOINT, TokenKind
from providers.railway.resources.deployment import Deployment
from providers.railway.resources.deployment_trigger import DeploymentTrigger
from providers.railway.resources.domain import CustomDomain, ServiceDomain
from providers.railway.resources.environment import Environment
from providers.railway.resources.project import Project
from providers.railway.resources.service import Service
from providers.railway.resources.service_instance import ServiceInstance
from providers.railway.resources.tcp_proxy import TcpProxy
from providers.railway.resources.variable_collection import VariableCollection
from providers.railway.resources.volume import Volume, VolumeBackupSchedule

NAME: Final = "railway"
VERSION: Final = "1.0.0"

RESOURCES: Final = (
    CustomDomain,
    Deployment,
    DeploymentTrigger,
    Environment,
    Project,
    Service,
    ServiceDomain,
    ServiceInstance,
    TcpProxy,
    VariableCollection,
    Volume,
    VolumeBackupSchedule,
)


class Config(Inputs):
    """What a stack says of Railway, under ``railway:``.

    Attributes:
        token: an account's, a workspace's or a project's.
        endpoint: another address than Railway's own.
        token_kind: ``project`` for a token of one environment of a project.
    """

    token: Annotated[str, Secret(), Field(min_length=1)]
    endpoint: str = ENDPOINT
    token_kind: TokenKind = "account"  # noqa: S105 - what kind it is


def railway() -> Package[Config, Client]:
    """The provider; nothing is connected yet."""
    return Package(NAME, VERSION, Config, _connect, RESOURCES)


def _connect(config: Config) -> Client:
    return Client(config.endpoint, config.token, config.token_kind)
