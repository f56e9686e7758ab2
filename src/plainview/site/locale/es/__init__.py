"""Plainview in Spanish, as classrooms in the United States speak it."""
