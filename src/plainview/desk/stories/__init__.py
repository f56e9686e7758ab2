"""What happened, as educators, students and families tell it.

In:   a story, without who told it.
Out:  stories that were released in batches, and counts with their base.
Not here: scores of any kind (a story never enters one); who told it, from where and when exactly. That is
      written down nowhere, and docs/adr/0009 says what follows from that.
"""
