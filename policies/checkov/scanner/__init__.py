"""What runs inside checkov's environment: it imports checkov and the standard library."""
