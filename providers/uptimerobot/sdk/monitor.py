"""Monitors, and the groups that they are shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.sdk import Computed, Declared, secret
from providers.uptimerobot import kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pulumi import Input, ResourceOptions

    from providers.sdk import Map, Object, Texts


class Monitor(Declared):
    """Something that UptimeRobot looks at again and again; for HEARTBEAT, something that reports to it."""

    token = kind.MONITOR

    #: Where a HEARTBEAT's reports go; secret, as whoever knows it can report. Empty for the other types.
    heartbeat_url = Computed[str]("heartbeatUrl")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        friendly_name: Input[str],
        type: Input[str],  # noqa: A002 - the API's own name
        interval: Input[int],
        url: Input[str] | None = None,
        timeout: Input[int] | None = None,
        grace_period: Input[int] | None = None,
        http_method_type: Input[str] | None = None,
        auth_type: Input[str] | None = None,
        http_username: Input[str] | None = None,
        http_password: Input[str] | None = None,
        custom_http_headers: Map | None = None,
        success_http_response_codes: Texts | None = None,
        post_value_type: Input[str] | None = None,
        post_value_data: Input[str] | None = None,
        follow_redirections: Input[bool] | None = None,
        keyword_type: Input[str] | None = None,
        keyword_value: Input[str] | None = None,
        keyword_case_type: Input[str] | None = None,
        port: Input[int] | None = None,
        assigned_alert_contacts: Input[Sequence[Object]] | None = None,
        tag_names: Texts | None = None,
        maintenance_window_ids: Texts | None = None,
        group_id: Input[str] | None = None,
        custom_fields: Map | None = None,
        check_ssl_errors: Input[bool] | None = None,
        ssl_expiration_reminder: Input[bool] | None = None,
        domain_expiration_reminder: Input[bool] | None = None,
        response_time_threshold: Input[int] | None = None,
        region_data: Object | None = None,
        config: Object | None = None,
        is_paused: Input[bool] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: its name in the program.
            friendly_name: its name at UptimeRobot, 1 to 250 characters; the natural key, with type and url.
            type: HTTP, KEYWORD, PING, PORT, HEARTBEAT, DNS, API or UDP; a change replaces.
            interval: seconds between two looks, 30 or more; HEARTBEAT: between two reports, at most 2,678,400.
            url: what to look at; HEARTBEAT has none, its address is the output `heartbeat_url`.
            timeout: seconds that an answer may take, 0 to 60; not for HEARTBEAT and DNS.
            grace_period: seconds that a report may be late, 0 to 86,400; HEARTBEAT only.
            http_method_type: HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS or QUERY.
            auth_type: NONE, HTTP_BASIC, DIGEST or BEARER.
            http_username: for the authentication.
            http_password: for the authentication; secret, and never read back.
            custom_http_headers: sent with each look; secret.
            success_http_response_codes: which mean up, as ``2xx`` or ``401``.
            post_value_type: RAW_JSON or KEY_VALUE.
            post_value_data: the body as JSON text; never read back.
            follow_redirections: whether to.
            keyword_type: ALERT_EXISTS or ALERT_NOT_EXISTS.
            keyword_value: what to look for.
            keyword_case_type: CaseSensitive or CaseInsensitive.
            port: PORT and UDP only.
            assigned_alert_contacts: ``{alertContactId, threshold, recurrence}``, in minutes; both 0 on the free plan.
            tag_names: lower case; a tag that does not exist is made.
            maintenance_window_ids: left alone when not given.
            group_id: "0" is the default group.
            custom_fields: at most 20.
            check_ssl_errors: whether a bad certificate means down.
            ssl_expiration_reminder: whether to warn before the certificate ends.
            domain_expiration_reminder: whether to warn before the domain's registration ends.
            response_time_threshold: milliseconds above which it is an incident, 0 to 60,000.
            region_data: ``{regions, autoSelect, thresholds}``; left alone when not given.
            config: ``{sslExpirationPeriodDays, dnsRecords, apiAssertions, udp, ipVersion, applicationErrorRetries}``.
            is_paused: whether it rests.
            opts: as for every resource.
        """
        props: dict[str, object] = {
            "friendlyName": friendly_name,
            "type": type,
            "interval": interval,
            "url": url,
            "timeout": timeout,
            "gracePeriod": grace_period,
            "httpMethodType": http_method_type,
            "authType": auth_type,
            "httpUsername": http_username,
            "httpPassword": secret(http_password),
            "customHttpHeaders": secret(custom_http_headers),
            "successHttpResponseCodes": success_http_response_codes,
            "postValueType": post_value_type,
            "postValueData": post_value_data,
            "followRedirections": follow_redirections,
            "keywordType": keyword_type,
            "keywordValue": keyword_value,
            "keywordCaseType": keyword_case_type,
            "port": port,
            "assignedAlertContacts": assigned_alert_contacts,
            "tagNames": tag_names,
            "maintenanceWindowIds": maintenance_window_ids,
            "groupId": group_id,
            "customFields": custom_fields,
            "checkSSLErrors": check_ssl_errors,
            "sslExpirationReminder": ssl_expiration_reminder,
            "domainExpirationReminder": domain_expiration_reminder,
            "responseTimeThreshold": response_time_threshold,
            "regionData": region_data,
            "config": config,
            "isPaused": is_paused,
        }
        super().__init__(resource_name, props, opts, secret=("httpPassword", "customHttpHeaders", "heartbeatUrl"))


class MonitorGroup(Declared):
    """A group that monitors are shown in."""

    token = kind.MONITOR_GROUP

    def __init__(self, resource_name: str, *, name: Input[str], opts: ResourceOptions | None = None) -> None:
        """Declare it.

        Args:
            resource_name: its name in the program.
            name: its name at UptimeRobot; the natural key.
            opts: as for every resource.
        """
        super().__init__(resource_name, {"name": name}, opts)
