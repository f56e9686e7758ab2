"""What the faces share: who someone is, and who looked."""
