"""Railway's resources as `providers/railway` has them.

Rules import no provider, so the types are named here once more. Properties are those of Railway's public API.
"""

from __future__ import annotations

PROJECT = "railway:index:Project"
ENVIRONMENT = "railway:index:Environment"
#: What a service is called; one for all environments.
SERVICE = "railway:index:Service"
#: How it runs in one environment: source, health check, restarts, schedule.
INSTANCE = "railway:index:ServiceInstance"
#: All variables of a service in one environment, or, without a service, those that its services share.
VARIABLES = "railway:index:VariableCollection"
VOLUME = "railway:index:Volume"
BACKUP_SCHEDULE = "railway:index:VolumeBackupSchedule"
#: A name of one's own, and one below Railway's.
CUSTOM_DOMAIN = "railway:index:CustomDomain"
SERVICE_DOMAIN = "railway:index:ServiceDomain"
#: What deploys by itself at each push.
TRIGGER = "railway:index:DeploymentTrigger"
#: One deployment per update, waited for.
DEPLOYMENT = "railway:index:Deployment"
#: A port that is open to the internet, past Railway's own edge.
TCP_PROXY = "railway:index:TcpProxy"
