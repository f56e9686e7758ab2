"""What data leaves?

In:   captures of a browser's traffic with planted canaries; policy, contract, declared recipients.
Out:  who received what, red, amber or green for what was exercised, and each mismatch with its evidence.
Not here: opinions on law. Counsel has those.
"""
