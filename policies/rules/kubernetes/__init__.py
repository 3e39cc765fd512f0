"""What runs in the cluster: Pod Security, limits, probes, images, network, rights, jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.kubernetes import (
    cron_job_forbid,
    cron_job_history,
    cron_job_ttl,
    default_deny,
    job_deadline,
    namespace_pod_security,
    network_policy_open,
    pod_apparmor,
    pod_drop_capabilities,
    pod_host_namespaces,
    pod_host_ports,
    pod_image_pinned,
    pod_no_privilege_escalation,
    pod_non_root,
    pod_not_privileged,
    pod_patch,
    pod_probe_hosts,
    pod_probes,
    pod_proc_mount,
    pod_read_only_root,
    pod_resources,
    pod_seccomp,
    pod_selinux,
    pod_service_account,
    pod_sysctls,
    pod_token,
    pod_volumes,
    rbac_cluster_admin,
    rbac_wildcards,
    service_account_token,
    service_type,
    workload_replicas,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown. The first fifteen are the restricted profile of the Pod
#: Security Standards 1.36, control by control, and the read-only root beside it.
RULES: tuple[AnyRule, ...] = (
    pod_non_root.RULE,
    pod_read_only_root.RULE,
    pod_no_privilege_escalation.RULE,
    pod_not_privileged.RULE,
    pod_drop_capabilities.RULE,
    pod_seccomp.RULE,
    pod_apparmor.RULE,
    pod_selinux.RULE,
    pod_proc_mount.RULE,
    pod_sysctls.RULE,
    pod_host_namespaces.RULE,
    pod_host_ports.RULE,
    pod_probe_hosts.RULE,
    pod_volumes.RULE,
    namespace_pod_security.RULE,
    pod_resources.RULE,
    pod_probes.RULE,
    pod_image_pinned.RULE,
    pod_service_account.RULE,
    pod_token.RULE,
    service_account_token.RULE,
    rbac_wildcards.RULE,
    rbac_cluster_admin.RULE,
    default_deny.RULE,
    network_policy_open.RULE,
    service_type.RULE,
    cron_job_forbid.RULE,
    cron_job_history.RULE,
    cron_job_ttl.RULE,
    job_deadline.RULE,
    workload_replicas.RULE,
    pod_patch.RULE,
)
