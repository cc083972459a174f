"""The person of an account: name, addresses, consents, export and erasure, who has looked."""
