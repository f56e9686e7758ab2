"""What do answers and observations say a student knows, how sure are we, by which steps?

In:   pieces of evidence of one student on one competency, in their order.
Out:  an estimate with its range, its state and its steps; and simulated students whose truth is known.
Not here: what the student does next. A rule may suggest; a teacher decides.
"""
