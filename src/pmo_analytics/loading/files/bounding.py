"""The limits that a reading process sets on itself, by what the system offers.

Linux bounds the address space; where a system refuses that (macOS) a thread watches the memory in use; Windows
bounds the memory of a job. Only the standard library is imported here.
"""

from __future__ import annotations

import os
import sys
import threading

MEMORY_EXIT = 86
"""The exit code of a process that ended itself because it used too much memory."""

_WATCH_SECONDS = 0.05


def limit_memory(size: int) -> None:
    """Bound the memory of this process to `size` bytes; it may be called again with another size."""
    if sys.platform == "win32":
        from pmo_analytics.loading.files.windows_job import limit_job

        limit_job(size)
    elif not _limit_address_space(size):
        _watch(size)


def limit_processor(seconds: float) -> None:
    """End this process after so many more seconds of work, should nobody be left to end it."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    allowed = int(used.ru_utime + used.ru_stime + seconds) + 5
    if hard == resource.RLIM_INFINITY or allowed < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def peak_memory() -> int:
    """The most bytes of memory this process has had in use, or 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _limit_address_space(size: int) -> bool:
    """Whether the address space is bounded now; no core file is written in any case."""
    if sys.platform == "win32":
        return False
    import resource

    bounded = True
    for kind, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, size)):
        hard = resource.getrlimit(kind)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (allowed, hard))
        except (ValueError, OSError):
            bounded = kind == resource.RLIMIT_CORE and bounded
    return bounded


def _watch(size: int) -> None:
    """Let a thread end this process once its memory in use exceeds `size`."""

    def watch() -> None:
        pause = threading.Event()
        while peak_memory() <= size:
            pause.wait(_WATCH_SECONDS)
        os._exit(MEMORY_EXIT)

    threading.Thread(target=watch, daemon=True).start()
