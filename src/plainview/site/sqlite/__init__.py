"""Django's SQLite, and a queue for those who write: see base.py. The name is a database engine's."""
