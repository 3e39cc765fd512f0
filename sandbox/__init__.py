"""The embedded cloud: services, a node that runs pods as processes, and stand-ins for vendors' plugins."""
