"""Python reads this at its start when the folder stands on its path: from then on, the network is cut.

In:   any attempt to connect, or to ask for a host's address.
Out:  the attempt on stderr, where a test finds it, and an error; loopback alone is let through.
Not here: the browser, which cuts its own (conftest).
"""

import socket
import sys

LOOPBACK = ("127.0.0.1", "::1", "localhost", "")
CUT = "THE NETWORK IS CUT"


def _refuse(host: object) -> None:
    if host is not None and str(host) not in LOOPBACK:
        sys.stderr.write(f"{CUT}: {host}\n")
        sys.stderr.flush()
        raise OSError(f"{CUT}: {host}")


def _guarded(name: str):
    ours = getattr(socket.socket, name)

    def guarded(self, *arguments):
        # sendto takes flags before the address; the address of a socket in the file system is no tuple.
        if isinstance(arguments[-1], tuple):
            _refuse(arguments[-1][0])
        return ours(self, *arguments)

    return guarded


def _looked_up(host, *arguments, ours=socket.getaddrinfo, **named):
    _refuse(host)
    return ours(host, *arguments, **named)


for _name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, _name, _guarded(_name))
socket.getaddrinfo = _looked_up
