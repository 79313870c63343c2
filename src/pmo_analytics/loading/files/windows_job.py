"""The memory limit of Windows: a job object that the reading process puts itself into.

No machine with Windows has run this yet; the sizes of the record are tested elsewhere.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, its counters as plain room."""

    _fields_ = (
        ("times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("working_sets", ctypes.c_size_t * 2),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("rest", ctypes.c_size_t * 3),
    )


def limit_job(size: int) -> None:
    """Put this process into a job of Windows whose processes may not commit more than `size` bytes each."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    )
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    process_memory, extended = 0x100, 9
    limits = ExtendedLimits(flags=process_memory, process_memory=size)
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(job, extended, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
