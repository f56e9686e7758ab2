"""How fast is it here? A whole school with a year behind it, asked the way a school asks at nine o'clock.

In:   this machine, and a throwaway house with the site's own settings.
Out:  figures beside their bars, with the machine and the day.
Not here: anything of a real school. Nothing is read from the operator's home, nothing leaves 127.0.0.1.
"""
