"""The vendors' SDKs warn of their own deprecated classes while they are imported: once, here, unheard."""

from __future__ import annotations

from warnings import catch_warnings, simplefilter

with catch_warnings():
    simplefilter("ignore", DeprecationWarning)
    import pulumi_aws.s3
    import pulumi_cloudflare

#: Named so that both imports are used.
SDKS = (pulumi_aws.s3, pulumi_cloudflare)
