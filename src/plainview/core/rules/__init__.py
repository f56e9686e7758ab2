"""From estimates to suggestions, by rules that a colleague wrote and anyone can read.

In:   a snapshot of a class: pieces of evidence, estimates, activities, what is already planned.
Out:  suggestion cards, complete with their reasons, their doubt and what they do not know.
Not here: whether anything happens. A card is paper until a teacher decides.
"""
