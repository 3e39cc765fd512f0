"""UptimeRobot (API v3) as a native Pulumi provider: monitors, groups, contacts, maintenance windows, status pages."""
