"""Railway on loopback: its GraphQL API over the part of its schema that we use, and its edge."""
