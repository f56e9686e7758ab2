"""What can be learned here: competencies, activities, items, misconceptions, their paper twins.

In:   plain files that a teacher can edit (content/), and other people's collections.
Out:  pages, print-outs, and rows that evidence and plans point to.
Not here: who has learned what.
"""
