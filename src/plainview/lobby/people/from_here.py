"""A form that sets no cookie, and still takes nothing that another site's page sends.

In:   a request that brings a form.
Out:  whether a page of ours sent it.
Not here: who sent it. Such a form changes nothing of anyone's: there is no account that a stranger's page
      could use, and a cookie would tell whoever looks at the device that somebody was here.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest


def from_here(request: HttpRequest) -> bool:
    """By what browsers say of themselves. One that says nothing is taken at its word."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()
