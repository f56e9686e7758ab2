"""Plainview: personalised learning in plain view.

Two faces over one open core: ``core`` is the science that anyone can run, ``classroom`` is a class and
its teacher. ``lobby`` holds what every face shares; ``site`` is the front door; ``cli`` is the shell.
"""
