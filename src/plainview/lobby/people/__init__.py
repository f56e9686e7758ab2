"""Who someone is, whose class, whose child, who has consented, who may see whom.

In:   names, roles, classes, guardians; a password, a passkey, or a badge and a picture.
Out:  the person behind a request, and the sentence if they may not.
Not here: what anyone learned or decided.
"""
