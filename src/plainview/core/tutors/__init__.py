"""Tutors whose truth is known: what an independent reviewer tries the checks on before trying a product.

In:   a pool of items, a profile, answers.
Out:  the next item with its stated reason; logs of simulated students who were taught by such a tutor.
Not here: the questions (core.audit.adaptivity), HTTP (cli.tutor), children.
"""
