"""Whom UptimeRobot tells: e-mail and SMS, and the channels of other services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.components.base import Component, ComponentArgs
from infra.shapes import NONE
from providers.uptimerobot.sdk import AlertContact, Integration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from infra.shapes import Alerting

#: Minutes that something is down before anyone hears of it (OB-2).
DOWN_FOR = 2


@dataclass(frozen=True, kw_only=True)
class AlertContactsArgs(ComponentArgs):
    """Who the contacts are.

    Attributes:
        label: what each is called at UptimeRobot; its kind is added.
        alerting: addresses and ids.
        slack: the web hook of a Slack channel, a secret.
    """

    label: str
    alerting: Alerting
    slack: pulumi.Output[str]


class AlertContacts(Component):
    """The contacts of one stack.

    Makes: the e-mail contact, and the integrations with Slack and Telegram. A number for SMS is proven on the phone
    itself, so its contact is made by hand and named by its id. Other places read ``assigned``: what a monitor takes.
    """

    assigned: Sequence[Mapping[str, pulumi.Input[str] | int]]

    def __init__(self, name: str, args: AlertContactsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("alert_contacts:AlertContacts", name, args, opts)
        email = AlertContact(
            f"{name}-email",
            friendly_name=f"{args.label}-email",
            type="Email",
            value=args.alerting.email,
            enable_notifications_for="UpAndDown",
            ssl_expiration_reminder=True,
            opts=self.child(),
        )
        slack = Integration(
            f"{name}-slack",
            friendly_name=f"{args.label}-slack",
            type="Slack",
            value=args.slack,
            enable_notifications_for="UpAndDown",
            ssl_expiration_reminder=True,
            opts=self.child(),
        )
        ids: list[pulumi.Input[str]] = [email.id, slack.id]
        if args.alerting.telegram_chat != NONE:
            telegram = Integration(
                f"{name}-telegram",
                friendly_name=f"{args.label}-telegram",
                type="Telegram",
                custom_value=args.alerting.telegram_chat,
                enable_notifications_for="UpAndDown",
                ssl_expiration_reminder=True,
                opts=self.child(),
            )
            ids.append(telegram.id)
        if args.alerting.sms_contact != NONE:
            ids.append(args.alerting.sms_contact)
        self.assigned = [{"alertContactId": contact, "threshold": DOWN_FOR, "recurrence": 0} for contact in ids]
        self.register_outputs({})
