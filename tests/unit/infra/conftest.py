"""The vendors' SDKs warn of their own deprecated classes while they are imported: once, here, unheard."""

from __future__ import annotations

from warnings import catch_warnings, simplefilter

with catch_warnings():
    simplefilter("ignore", DeprecationWarning)
    import pulumi_cloudflare
    from pulumi_aws import iam, kms, s3

    #: The AWS SDK's modules are only loaded when something is looked up in them.
    LOADED = (pulumi_cloudflare.R2Bucket, iam.Role, kms.Key, s3.Bucket)
