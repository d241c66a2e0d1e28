# Leads Python's connections to Jivo's hosts to the intercept port of jivo-dev, for clients that read no proxy from the
# environment. Every Python that a command starts runs this, so it imports nothing: it waits until `socket` is imported.
import os
import sys


def _reroute(socket):
    port = int(os.environ["JIVO_DEV_INTERCEPT_PORT"])
    hosts = frozenset(os.environ["JIVO_DEV_INTERCEPT_HOSTS"].split(","))
    look_up = socket.getaddrinfo

    def getaddrinfo(host, service, family=0, type=0, proto=0, flags=0):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and name.lower().rstrip(".") in hosts and str(service) in ("443", "https"):
            # The port is on 127.0.0.1 alone, whatever family was asked for.
            return look_up("127.0.0.1", port, 0, type, proto, flags)
        return look_up(host, service, family, type, proto, flags)

    socket.getaddrinfo = getaddrinfo


class _Waiting:
    """Finds nothing itself: runs `_reroute` when somebody else has loaded `socket`."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "socket":
            return None
        sys.meta_path.remove(_Waiting)
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if hasattr(finder, "find_spec") else None
            if spec is not None:
                break
        else:
            return None
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            _reroute(module)

        spec.loader.exec_module = exec_module
        return spec


def _next():
    """Runs the sitecustomize that this one stands before: Debian has one, and so may you."""
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in sys.path:
        path = os.path.join(folder, "sitecustomize.py")
        if os.path.abspath(folder or ".") != here and os.path.isfile(path):
            with open(path, "rb") as file:
                exec(compile(file.read(), path, "exec"), {"__name__": "sitecustomize", "__file__": path})
            return


# Python 2 imports in another way, and stays as it is.
if sys.version_info[0] > 2 and os.environ.get("JIVO_DEV_INTERCEPT_PORT") and os.environ.get("JIVO_DEV_INTERCEPT_HOSTS"):
    if "socket" in sys.modules:
        _reroute(sys.modules["socket"])
    else:
        sys.meta_path.insert(0, _Waiting)
_next()
