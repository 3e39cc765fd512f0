"""UptimeRobot on loopback: the part of its API v3 that is used here, in the shapes of the vendor's contract."""
