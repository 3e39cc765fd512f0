"""Groundwork stand-in for the vendor's kubernetes plugin, in the `local` stack only.

It is no mock: every object goes to a real API server by server-side apply. It takes the vendor's plugin's place
because that one cannot be had everywhere (see docs/adr). The rules it follows are those of pulumi-kubernetes 4.34.
"""
