"""Stand-in for the vendor's aws plugin.

Buckets live on the sandbox's S3 server; bucket configuration, IAM, Secrets Manager, KMS and ECR on moto; everything
else is recorded: checked against the SDK's types and kept in a file, with nothing real behind it.
"""
