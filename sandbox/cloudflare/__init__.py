"""Stand-in for Cloudflare's API v4: what this repository declares there, with what it was told as its state.

The stand-in plugin (`sandbox.plugins.cloudflare`) writes through it, so what is changed here is found by a refresh.
Answers have the documented envelope; nothing acts on them. R2's objects are on the S3 server.
"""
