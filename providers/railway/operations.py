"""Every GraphQL operation that we send, each under the name of the field that it is about.

A test validates each against Railway's own schema where that is there, and against the fake's always. Connections are
asked for page by page; a page's size is the server's own where it is not given.
"""

from __future__ import annotations

from typing import Final

_PAGE = "pageInfo { hasNextPage endCursor }"
_PROJECT = (
    "id name description workspaceId prDeploys baseEnvironmentId deletedAt environments { edges { node { id name } } }"
)
_ENVIRONMENT = "id name projectId deletedAt"
_SERVICE = "id name icon projectId deletedAt"
_DEPLOYMENT = "id status createdAt url staticUrl canRollback canRedeploy projectId environmentId serviceId meta"
_CUSTOM_DOMAIN = """
  id domain environmentId serviceId projectId targetPort deletedAt
  status {
    verified verificationDnsHost verificationToken
    dnsRecords { recordType hostlabel fqdn requiredValue purpose }
  }
"""
_SERVICE_DOMAIN = "id domain environmentId serviceId projectId targetPort deletedAt"
_TRIGGER = "id projectId environmentId serviceId provider repository branch checkSuites"
_VOLUME_INSTANCE = """
  id volumeId environmentId serviceId mountPath region state sizeMB currentSizeMB volume { id name projectId }
"""
_INSTANCE = """
  id serviceId serviceName environmentId deletedAt service { projectId } source { image repo }
  builder buildCommand dockerfilePath rootDirectory watchPatterns startCommand preDeployCommand
  healthcheckPath healthcheckTimeout restartPolicyType restartPolicyMaxRetries numReplicas region
  cronSchedule sleepApplication drainingSeconds overlapSeconds
"""

QUERIES: Final = {
    "project": f"query project($id: String!) {{ project(id: $id) {{ {_PROJECT} }} }}",
    "projects": f"""query projects($workspaceId: String, $after: String) {{
      projects(workspaceId: $workspaceId, first: 100, after: $after) {{
        edges {{ node {{ {_PROJECT} }} }} {_PAGE} }} }}""",
    "environment": f"""query environment($id: String!) {{
      environment(id: $id) {{ {_ENVIRONMENT} }}
      environmentStagedChanges(environmentId: $id) {{ id status patch(decryptVariables: false) }} }}""",
    "environments": f"""query environments($projectId: String!, $after: String) {{
      environments(projectId: $projectId, first: 100, after: $after) {{
        edges {{ node {{ {_ENVIRONMENT} }} }} {_PAGE} }} }}""",
    "environmentStagedChanges": """query environmentStagedChanges($environmentId: String!) {
      environmentStagedChanges(environmentId: $environmentId) { id status patch(decryptVariables: false) } }""",
    "service": f"query service($id: String!) {{ service(id: $id) {{ {_SERVICE} }} }}",
    "services": f"""query services($projectId: String!, $after: String) {{
      project(id: $projectId) {{ services(first: 100, after: $after) {{
        edges {{ node {{ {_SERVICE} }} }} {_PAGE} }} }} }}""",
    "serviceInstance": f"""query serviceInstance($serviceId: String!, $environmentId: String!) {{
      serviceInstance(serviceId: $serviceId, environmentId: $environmentId) {{ {_INSTANCE} }}
      serviceInstanceLimitOverride(serviceId: $serviceId, environmentId: $environmentId)
      environment(id: $environmentId) {{ config(decryptVariables: false) }} }}""",
    "serviceInstances": """query serviceInstances($environmentId: String!) {
      environment(id: $environmentId) { serviceInstances { edges { node { serviceId serviceName } } } } }""",
    "variables": """query variables($projectId: String!, $environmentId: String!, $serviceId: String) {
      variables(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId, unrendered: true) }""",
    "volumeInstances": f"""query volumeInstances($environmentId: String!) {{
      environment(id: $environmentId) {{ volumeInstances {{ edges {{ node {{ {_VOLUME_INSTANCE} }} }} }} }} }}""",
    "volumeInstanceBackupScheduleList": """query volumeInstanceBackupScheduleList($volumeInstanceId: String!) {
      volumeInstanceBackupScheduleList(volumeInstanceId: $volumeInstanceId) { id kind } }""",
    "customDomain": f"""query customDomain($id: String!, $projectId: String!) {{
      customDomain(id: $id, projectId: $projectId) {{ {_CUSTOM_DOMAIN} }} }}""",
    "domains": f"""query domains($projectId: String!, $environmentId: String!, $serviceId: String!) {{
      domains(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId) {{
        customDomains {{ {_CUSTOM_DOMAIN} }} serviceDomains {{ {_SERVICE_DOMAIN} }} }} }}""",
    "deploymentTriggers": f"""query deploymentTriggers(
        $projectId: String!, $environmentId: String!, $serviceId: String!, $after: String) {{
      deploymentTriggers(
        projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId, first: 100, after: $after
      ) {{ edges {{ node {{ {_TRIGGER} }} }} {_PAGE} }} }}""",
    "deployment": f"query deployment($id: String!) {{ deployment(id: $id) {{ {_DEPLOYMENT} }} }}",
    "deployments": f"""query deployments($input: DeploymentListInput!, $first: Int) {{
      deployments(input: $input, first: $first) {{ edges {{ node {{ {_DEPLOYMENT} }} }} }} }}""",
    "latestDeployment": f"""query latestDeployment($serviceId: String!, $environmentId: String!) {{
      serviceInstance(serviceId: $serviceId, environmentId: $environmentId) {{
        cronSchedule sleepApplication
        latestDeployment {{ {_DEPLOYMENT} }} activeDeployments {{ {_DEPLOYMENT} }} }} }}""",
    "tcpProxies": """query tcpProxies($serviceId: String!, $environmentId: String!) {
      tcpProxies(serviceId: $serviceId, environmentId: $environmentId) {
        id applicationPort proxyPort domain syncStatus deletedAt }
      environment(id: $environmentId) { projectId } }""",
}

MUTATIONS: Final = {
    "projectCreate": f"""mutation projectCreate($input: ProjectCreateInput!) {{
      projectCreate(input: $input) {{ {_PROJECT} }} }}""",
    "projectUpdate": f"""mutation projectUpdate($id: String!, $input: ProjectUpdateInput!) {{
      projectUpdate(id: $id, input: $input) {{ {_PROJECT} }} }}""",
    "projectDelete": "mutation projectDelete($id: String!) { projectDelete(id: $id) }",
    "environmentCreate": f"""mutation environmentCreate($input: EnvironmentCreateInput!) {{
      environmentCreate(input: $input) {{ {_ENVIRONMENT} }} }}""",
    "environmentRename": f"""mutation environmentRename($id: String!, $input: EnvironmentRenameInput!) {{
      environmentRename(id: $id, input: $input) {{ {_ENVIRONMENT} }} }}""",
    "environmentDelete": "mutation environmentDelete($id: String!) { environmentDelete(id: $id) }",
    "environmentPatchCommit": """mutation environmentPatchCommit(
        $environmentId: String!, $patch: EnvironmentConfig, $commitMessage: String) {
      environmentPatchCommit(environmentId: $environmentId, patch: $patch, commitMessage: $commitMessage) }""",
    "environmentStageChanges": """mutation environmentStageChanges(
        $environmentId: String!, $input: EnvironmentConfig!, $merge: Boolean) {
      environmentStageChanges(environmentId: $environmentId, input: $input, merge: $merge) {
        id status patch(decryptVariables: false) } }""",
    "environmentPatchCommitStaged": """mutation environmentPatchCommitStaged(
        $environmentId: String!, $commitMessage: String, $skipDeploys: Boolean) {
      environmentPatchCommitStaged(
        environmentId: $environmentId, commitMessage: $commitMessage, skipDeploys: $skipDeploys) }""",
    "serviceCreate": f"""mutation serviceCreate($input: ServiceCreateInput!) {{
      serviceCreate(input: $input) {{ {_SERVICE} }} }}""",
    "serviceUpdate": f"""mutation serviceUpdate($id: String!, $input: ServiceUpdateInput!) {{
      serviceUpdate(id: $id, input: $input) {{ {_SERVICE} }} }}""",
    "serviceDelete": "mutation serviceDelete($id: String!) { serviceDelete(id: $id) }",
    "serviceInstanceUpdate": """mutation serviceInstanceUpdate(
        $serviceId: String!, $environmentId: String!, $input: ServiceInstanceUpdateInput!) {
      serviceInstanceUpdate(serviceId: $serviceId, environmentId: $environmentId, input: $input) }""",
    "serviceInstanceLimitsUpdate": """mutation serviceInstanceLimitsUpdate($input: ServiceInstanceLimitsUpdateInput!) {
      serviceInstanceLimitsUpdate(input: $input) }""",
    "serviceInstanceDeployV2": """mutation serviceInstanceDeployV2($serviceId: String!, $environmentId: String!) {
      serviceInstanceDeployV2(serviceId: $serviceId, environmentId: $environmentId) }""",
    "deploymentRollback": "mutation deploymentRollback($id: String!) { deploymentRollback(id: $id) }",
    "deploymentCancel": "mutation deploymentCancel($id: String!) { deploymentCancel(id: $id) }",
    "deploymentRemove": "mutation deploymentRemove($id: String!) { deploymentRemove(id: $id) }",
    "variableCollectionUpsert": """mutation variableCollectionUpsert($input: VariableCollectionUpsertInput!) {
      variableCollectionUpsert(input: $input) }""",
    "volumeCreate": """mutation volumeCreate($input: VolumeCreateInput!) {
      volumeCreate(input: $input) { id name projectId } }""",
    "volumeUpdate": """mutation volumeUpdate($volumeId: String!, $input: VolumeUpdateInput!) {
      volumeUpdate(volumeId: $volumeId, input: $input) { id name } }""",
    "volumeInstanceUpdate": """mutation volumeInstanceUpdate(
        $volumeId: String!, $environmentId: String, $input: VolumeInstanceUpdateInput!) {
      volumeInstanceUpdate(volumeId: $volumeId, environmentId: $environmentId, input: $input) }""",
    "volumeDelete": "mutation volumeDelete($volumeId: String!) { volumeDelete(volumeId: $volumeId) }",
    "volumeInstanceBackupScheduleUpdate": """mutation volumeInstanceBackupScheduleUpdate(
        $volumeInstanceId: String!, $kinds: [VolumeInstanceBackupScheduleKind!]!) {
      volumeInstanceBackupScheduleUpdate(volumeInstanceId: $volumeInstanceId, kinds: $kinds) }""",
    "customDomainCreate": f"""mutation customDomainCreate($input: CustomDomainCreateInput!) {{
      customDomainCreate(input: $input) {{ {_CUSTOM_DOMAIN} }} }}""",
    "customDomainUpdate": """mutation customDomainUpdate($id: String!, $environmentId: String!, $targetPort: Int) {
      customDomainUpdate(id: $id, environmentId: $environmentId, targetPort: $targetPort) }""",
    "customDomainDelete": "mutation customDomainDelete($id: String!) { customDomainDelete(id: $id) }",
    "serviceDomainCreate": f"""mutation serviceDomainCreate($input: ServiceDomainCreateInput!) {{
      serviceDomainCreate(input: $input) {{ {_SERVICE_DOMAIN} }} }}""",
    "serviceDomainUpdate": """mutation serviceDomainUpdate($input: ServiceDomainUpdateInput!) {
      serviceDomainUpdate(input: $input) }""",
    "serviceDomainDelete": "mutation serviceDomainDelete($id: String!) { serviceDomainDelete(id: $id) }",
    "deploymentTriggerCreate": f"""mutation deploymentTriggerCreate($input: DeploymentTriggerCreateInput!) {{
      deploymentTriggerCreate(input: $input) {{ {_TRIGGER} }} }}""",
    "deploymentTriggerUpdate": f"""mutation deploymentTriggerUpdate(
        $id: String!, $input: DeploymentTriggerUpdateInput!) {{
      deploymentTriggerUpdate(id: $id, input: $input) {{ {_TRIGGER} }} }}""",
    "deploymentTriggerDelete": "mutation deploymentTriggerDelete($id: String!) { deploymentTriggerDelete(id: $id) }",
    "tcpProxyDelete": "mutation tcpProxyDelete($id: String!) { tcpProxyDelete(id: $id) }",
}

#: Operation name -> its text.
ALL: Final = QUERIES | MUTATIONS
