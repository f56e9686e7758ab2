"""The questions one may ask of a product.

In:   a dossier: what a vendor says of a product, and the exhibits it handed over.
Out:  for every question a Finding, or what it would need to be answered.
Not here: reading files (core.dossier, core.logs, core.formats), verdicts of people (the desk).

The five questions (adaptivity, efficacy, fairness, soundness, exposure) do not know each other:
one can be read, checked and replaced alone.
"""
