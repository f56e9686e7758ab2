"""What a student is going to do, with whom, and who talks with them; works without any model.

In:   a teacher's decision, a child's choice.
Out:  options, steps, groups, check-ins, minutes promised and delivered, screen minutes.
Not here: estimates and suggestions.
"""
