"""checkov on Pulumi resources: the bridge to a Terraform plan, and checkov itself in an environment of its own."""
