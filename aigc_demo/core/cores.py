"""How many processor cores this process may use: what its affinity and its container's quota leave
of the machine's.
"""

import math
import os
from pathlib import Path

UNLIMITED = math.inf


def available_cores(root: Path = Path("/")) -> int:
    """Return how many cores are at this process's disposal, 1 or more.

    A container that may use one and a half cores gets one thread: the scheduler stops whoever used
    up the quota for the rest of each tenth of a second, and with it the thread that the others wait
    for. `root` is where /proc and /sys are looked for.
    """
    allowed = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return max(1, min(allowed, math.floor(min(cpu_quota(root), allowed))))


def cpu_quota(root: Path = Path("/")) -> float:
    """Return the CPU quota in cores of this process's control groups, version 2 and 1; infinite
    where none is set.
    """
    quotas = [UNLIMITED]
    for line in _lines(root / "proc/self/cgroup"):
        number, controllers, path = (line.split(":", 2) + ["", ""])[:3]
        if number == "0" and not controllers:
            quotas += [_quota_v2(folder) for folder in _upwards(root / "sys/fs/cgroup", path)]
        elif "cpu" in controllers.split(","):
            for mount in (controllers, "cpu"):
                quotas += [
                    _quota_v1(folder) for folder in _upwards(root / "sys/fs/cgroup" / mount, path)
                ]
    return min(quotas)


def _upwards(mount: Path, path: str) -> list[Path]:
    """Return the folders of a group and of all groups above it: the tightest quota holds. In a
    container the path may be unseen.
    """
    parts = [part for part in path.split("/") if part not in ("", "..")]
    return [mount.joinpath(*parts[:count]) for count in range(len(parts), -1, -1)]


def _quota_v2(folder: Path) -> float:
    match " ".join(_lines(folder / "cpu.max")).split():
        case [quota, period] if quota.isdigit() and period.isdigit() and int(period):
            return int(quota) / int(period)
    return UNLIMITED  # "max", or the group has no such file


def _quota_v1(folder: Path) -> float:
    quota, period = (
        "".join(_lines(folder / f"cpu.cfs_{name}_us")).strip() for name in ("quota", "period")
    )
    # -1: none
    return (
        int(quota) / int(period)
        if quota.isdigit() and period.isdigit() and int(period)
        else UNLIMITED
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
