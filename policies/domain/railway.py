"""Railway's resources as this project's own provider is to declare them.

The provider comes later. Until then this file is where its types are named. Properties are those of Railway's public
API: of `ServiceInstanceUpdateInput`, `TCPProxyCreateInput`, `VariableUpsertInput` and `VariableCollectionUpsertInput`.
"""

from __future__ import annotations

#: What a service is called; one for all environments.
SERVICE = "railway:index:Service"
#: How it runs in one environment: source, health check, restarts, schedule.
INSTANCE = "railway:index:ServiceInstance"
#: A port that is open to the internet, past Railway's own edge.
TCP_PROXY = "railway:index:TcpProxy"
#: One variable: `name`, `value`. Several: `variables`.
VARIABLE = "railway:index:Variable"
VARIABLES = "railway:index:VariableCollection"
