"""A dossier: a folder that holds what is said of a product, and what was handed over to check it.

In:   product.toml, plan.toml, exhibits/, ratings/.
Out:  the same, read and hashed, every fault by file and place.
Not here: questions (core.audit), people and their verdicts (the desk).
"""
