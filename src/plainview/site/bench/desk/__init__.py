"""How fast is the desk here? What anyone may read, asked by many; and the work beside it.

In:   this machine, and a throwaway house with the site's own settings.
Out:  figures beside their bars, with the machine and the day.
Not here: anything of a real desk. Nothing is read from the operator's home, nothing leaves 127.0.0.1.
"""
