"""What both faces share: who someone is, who looked, and work that outlives a request."""
