"""Where alerts go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.sdk import Declared, secret
from providers.uptimerobot import kind

if TYPE_CHECKING:
    from pulumi import Input, ResourceOptions

    from providers.sdk import Map


class AlertContact(Declared):
    """An e-mail address that alerts go to. The account's first one exists from the start and is adopted."""

    token = kind.ALERT_CONTACT

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        friendly_name: Input[str],
        value: Input[str],
        type: Input[str] | None = None,  # noqa: A002 - the API's own name
        enable_notifications_for: Input[str] | None = None,
        ssl_expiration_reminder: Input[bool] | None = None,
        is_active: Input[bool] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: its name in the program.
            friendly_name: its name at UptimeRobot.
            value: the address; the natural key, a change replaces.
            type: Email, the one type that the API makes without a device.
            enable_notifications_for: UpAndDown, Down, Up or None.
            ssl_expiration_reminder: whether certificates' reminders go there too.
            is_active: False pauses it.
            opts: as for every resource.
        """
        props: dict[str, object] = {
            "friendlyName": friendly_name,
            "value": value,
            "type": type,
            "enableNotificationsFor": enable_notifications_for,
            "sslExpirationReminder": ssl_expiration_reminder,
            "isActive": is_active,
        }
        super().__init__(resource_name, props, opts)


class Integration(Declared):
    """A channel of another service that alerts go to; its id goes into a monitor's `assigned_alert_contacts`."""

    token = kind.INTEGRATION

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        friendly_name: Input[str],
        type: Input[str],  # noqa: A002 - the API's own name
        value: Input[str] | None = None,
        key: Input[str] | None = None,
        custom_value: Input[str] | None = None,
        enable_notifications_for: Input[str] | None = None,
        ssl_expiration_reminder: Input[bool] | None = None,
        send_as_json: Input[bool] | None = None,
        send_as_query_string: Input[bool] | None = None,
        send_as_post_parameters: Input[bool] | None = None,
        post_value: Input[str] | None = None,
        custom_headers: Map | None = None,
        priority: Input[str] | None = None,
        location: Input[str] | None = None,
        auto_resolve: Input[bool] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: its name in the program.
            friendly_name: its name at UptimeRobot; the natural key, with the type.
            type: Slack, Webhook, Discord, Telegram, Pushover, Pushbullet, MSTeams, Zapier, PagerDuty, GoogleChat,
                Splunk or Mattermost; a change replaces.
            value: the other service's address; secret. All but the next ones and Telegram need it.
            key: the key or token of Pushover, Pushbullet and PagerDuty; secret, and never read back.
            custom_value: Telegram: the chat's id; Slack, Discord, Mattermost, GoogleChat: text that goes along.
            enable_notifications_for: UpAndDown, Down, Up or None.
            ssl_expiration_reminder: whether certificates' reminders go there too.
            send_as_json: Webhook only.
            send_as_query_string: Webhook only.
            send_as_post_parameters: Webhook only.
            post_value: the body as JSON text; Webhook only.
            custom_headers: secret; Webhook only.
            priority: Lowest, Low, Normal, High or Emergency; Pushover only.
            location: us or eu; PagerDuty only.
            auto_resolve: whether an up ends the incident; PagerDuty only.
            opts: as for every resource.
        """
        props: dict[str, object] = {
            "friendlyName": friendly_name,
            "type": type,
            "value": secret(value),
            "key": secret(key),
            "customValue": custom_value,
            "enableNotificationsFor": enable_notifications_for,
            "sslExpirationReminder": ssl_expiration_reminder,
            "sendAsJSON": send_as_json,
            "sendAsQueryString": send_as_query_string,
            "sendAsPostParameters": send_as_post_parameters,
            "postValue": post_value,
            "customHeaders": secret(custom_headers),
            "priority": priority,
            "location": location,
            "autoResolve": auto_resolve,
        }
        super().__init__(resource_name, props, opts, secret=("value", "key", "customHeaders"))
