"""What follows from the findings: gateways, a verdict for each claim, conditions with clocks.

In:   findings, what the experts say together, the vendor’s reply.
Out:  a frozen publication.
Not here: the findings (reviews), the ratings (experts).
"""
