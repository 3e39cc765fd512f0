"""Stand-in for the vendor's cloudflare plugin.

What `places.PLACES` lists is held by the sandbox's own service of Cloudflare's API, which this writes through. R2's
objects live on the sandbox's S3 server. Everything else is recorded: checked against the SDK's types and kept in a
file, with nothing real behind it.
"""
