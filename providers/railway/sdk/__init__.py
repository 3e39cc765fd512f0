"""The resource classes that a program declares Railway's things with; imports `pulumi` and nothing else.

Arguments are the resource's inputs in snake_case; what each means, its bounds and its default stand at its model in
`providers/railway/resources`. An argument left out is the vendor's documented default, or the server's own choice.
"""

from __future__ import annotations

from providers.railway.sdk.deployment import Deployment, DeploymentTrigger
from providers.railway.sdk.network import CustomDomain, ServiceDomain, TcpProxy
from providers.railway.sdk.project import Environment, Project
from providers.railway.sdk.service import Service, ServiceInstance, VariableCollection
from providers.railway.sdk.volume import Volume, VolumeBackupSchedule

__all__ = [
    "CustomDomain",
    "Deployment",
    "DeploymentTrigger",
    "Environment",
    "Project",
    "Service",
    "ServiceDomain",
    "ServiceInstance",
    "TcpProxy",
    "VariableCollection",
    "Volume",
    "VolumeBackupSchedule",
]
