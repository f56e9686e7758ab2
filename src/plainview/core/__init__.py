"""The open core. No Django, no database, no clock, no network; chance only with a seed.

In:   what students answered and what adults saw, as plain Python values.
Out:  estimates with their doubt, suggestions with their reasons, pictures with their sentences.
Not here: people, pages, decisions. A number leaves here with its range and its n, and nothing happens.
"""
