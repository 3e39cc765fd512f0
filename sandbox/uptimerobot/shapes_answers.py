"""What the API answers, in the words of the vendor's published contract: the fields that each answer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Collection -> the fields that each of its answers has.
ALWAYS: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "monitors": (
            "apiKey assignedAlertContacts authType checkSSLErrors config createDateTime currentStateDuration "
            "customHttpHeaders domainExpirationReminder domainExpireDate followRedirections friendlyName gracePeriod "
            "httpMethodType id interval keywordCaseType keywordType keywordValue lastDayUptimes lastIncidentId "
            "maintenanceWindows port postValueData postValueType psps regionalData responseTimeThreshold sslBrand "
            "sslExpirationReminder sslExpiryDateTime status successHttpResponseCodes tags timeout type url userId"
        ),
        "monitor-groups": "createdAt id name updatedAt",
        "alert-contacts": (
            "authType customValue enableNotificationsFor friendlyName httpPassword httpUsername id mobileProviderId "
            "orgAlertContactId sslExpirationReminder status type value"
        ),
        "integrations": (
            "customValue customValue2 customValue3 customValue4 enableNotificationsFor friendlyName id "
            "sslExpirationReminder status type value"
        ),
        "maintenance-windows": (
            "autoAddMonitors created date days duration id interval monitorIds name status time userId"
        ),
        "psps": (
            "customDomain customSettings friendlyName gaCode hideUrlLinks homepageLink icon id isPasswordSet logo "
            "monitorIds monitorsCount noIndex pinnedAnnouncementId shareAnalyticsConsent showCookieBar status "
            "subscription tagIds urlKey useSmallCookieConsentModal"
        ),
    }.items()
}

#: Collection -> the fields that an answer may have besides.
SOMETIMES: Final[Mapping[str, frozenset[str]]] = {
    "monitors": frozenset({"customFields", "groupId", "httpPassword", "httpUsername", "lastIncident"}),
    "alert-contacts": frozenset({"config", "customHeaders"}),
    "integrations": frozenset({"customHeaders"}),
}
