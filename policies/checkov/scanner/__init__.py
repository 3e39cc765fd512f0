"""What runs inside checkov's environment: it imports checkov, the standard library, and the rules."""
