"""The site's own settings, with one more address: the bare page that the class page is held against.

In:   PLAINVIEW_HOME, a throwaway folder.
Out:  the site as a school runs it: https behind a proxy, its middleware, its database settings.
Not here: anything that would make the site quicker than it is.
"""

from plainview.site.settings import *  # noqa: F403

ROOT_URLCONF = "plainview.site.bench.urls"
