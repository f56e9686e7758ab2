"""A result in; a picture, its sentence and its table out.

In:   results of the core.
Out:  SVG with a title and a description, the same thing as a sentence, the same thing as rows.
Not here: pages, scripts. Colours are CSS classes by role; standalone.css is for a picture that goes alone.
"""
