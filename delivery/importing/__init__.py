"""`gw import`: take over what already runs at Railway, UptimeRobot and Cloudflare, without making any of it anew."""
