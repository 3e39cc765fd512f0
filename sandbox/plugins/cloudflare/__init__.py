"""Stand-in for the vendor's cloudflare plugin.

R2 buckets live on the sandbox's S3 server; everything else is recorded: checked against the SDK's types and kept in
a file, with nothing real behind it.
"""
