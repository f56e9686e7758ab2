"""How fast is the core here, beside its peers? Medians, contenders in turns, one thread each.

In:   this machine; peers, where they are installed (`pip install 'plainview[bench]'`).
Out:  figures beside their bars, with the machine and the day.
Not here: the classroom's bench (site.bench, which tells its figures with the same report), the models.

Only figures, machine and report are plain Python; every other module loads numpy, and only in a process of
its own whose number of threads was set before.
"""
