"""Stand-in for the vendor's grafana plugin: everything is checked against the SDK's types, and recorded in a file."""
