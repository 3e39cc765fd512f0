"""What runs inside checkov's own environment: it imports checkov and the standard library, nothing else of Groundwork."""
