"""Maintenance windows and public status pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.sdk import Computed, Declared, secret
from providers.uptimerobot import kind

if TYPE_CHECKING:
    from pulumi import Input, ResourceOptions

    from providers.sdk import Numbers, Object, Texts


class MaintenanceWindow(Declared):
    """A time in which no alerts are sent."""

    token = kind.MAINTENANCE_WINDOW

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        name: Input[str],
        interval: Input[str],
        time: Input[str],
        duration: Input[int],
        date: Input[str],
        days: Numbers | None = None,
        auto_add_monitors: Input[bool] | None = None,
        monitor_ids: Texts | None = None,
        status: Input[str] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: its name in the program.
            name: its name at UptimeRobot; the natural key.
            interval: once, daily, weekly or monthly.
            time: ``HH:mm:ss``, in the account's time zone.
            duration: minutes.
            date: the first day, ``YYYY-MM-DD``.
            days: weekly: 1 (Monday) to 7; monthly: 1 to 31, or -1 for the last day.
            auto_add_monitors: whether it holds for every monitor.
            monitor_ids: left alone when not given: monitors may name the window instead.
            status: active or paused.
            opts: as for every resource.
        """
        props: dict[str, object] = {
            "name": name,
            "interval": interval,
            "time": time,
            "duration": duration,
            "date": date,
            "days": days,
            "autoAddMonitors": auto_add_monitors,
            "monitorIds": monitor_ids,
            "status": status,
        }
        super().__init__(resource_name, props, opts)


class StatusPage(Declared):
    """A public status page (the API's ``psp``)."""

    token = kind.STATUS_PAGE

    #: The key in its address.
    url_key = Computed[str]("urlKey")

    #: Its address at UptimeRobot.
    url = Computed[str]("url")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        friendly_name: Input[str],
        monitor_ids: Texts | None = None,
        auto_add_monitors: Input[bool] | None = None,
        tag_ids: Texts | None = None,
        status: Input[str] | None = None,
        custom_domain: Input[str] | None = None,
        password: Input[str] | None = None,
        homepage_link: Input[str] | None = None,
        ga_code: Input[str] | None = None,
        share_analytics_consent: Input[bool] | None = None,
        use_small_cookie_consent_modal: Input[bool] | None = None,
        show_cookie_bar: Input[bool] | None = None,
        no_index: Input[bool] | None = None,
        hide_url_links: Input[bool] | None = None,
        subscription: Input[bool] | None = None,
        custom_settings: Object | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: its name in the program.
            friendly_name: its name at UptimeRobot; the natural key.
            monitor_ids: what it shows.
            auto_add_monitors: whether it shows every monitor, present and to come; then `monitor_ids` is empty.
            tag_ids: monitors with these tags are shown too.
            status: ENABLED or PAUSED.
            custom_domain: a host name of your own that points to it.
            password: secret, and never read back.
            homepage_link: where its logo leads to.
            ga_code: Google Analytics' ``G-XXXXXXXXXX``.
            share_analytics_consent: whether to.
            use_small_cookie_consent_modal: whether to.
            show_cookie_bar: whether to.
            no_index: whether search engines are told to keep off.
            hide_url_links: whether links to UptimeRobot are hidden.
            subscription: whether visitors may subscribe.
            custom_settings: ``{font, page, colors, features}``; left alone when not given.
            opts: as for every resource.
        """
        props: dict[str, object] = {
            "friendlyName": friendly_name,
            "monitorIds": monitor_ids,
            "autoAddMonitors": auto_add_monitors,
            "tagIds": tag_ids,
            "status": status,
            "customDomain": custom_domain,
            "password": secret(password),
            "homepageLink": homepage_link,
            "gaCode": ga_code,
            "shareAnalyticsConsent": share_analytics_consent,
            "useSmallCookieConsentModal": use_small_cookie_consent_modal,
            "showCookieBar": show_cookie_bar,
            "noIndex": no_index,
            "hideUrlLinks": hide_url_links,
            "subscription": subscription,
            "customSettings": custom_settings,
        }
        super().__init__(resource_name, props, opts, secret=("password",))
