"""The pages that gather: the teacher's morning, a child's week, the family's page.

In:   the rooms below.
Out:  pages. No tables of its own.
Not here: deeds. A button on a page of the day calls the room that owns the deed.
"""
