"""Where a ledger lies: on a disk of this machine, or across a network, where SQLite's promises do not hold."""

from __future__ import annotations

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
_ACROSS = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
    "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "virtiofs",
})  # fmt: skip


def across(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network file system that a path lies on; empty for a local one, or where the system does not say."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    place, kind = Path("/"), ""
    where = path.absolute()
    for line in lines:
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if where.is_relative_to(point) and point.is_relative_to(place):  # the innermost, and of those the last
            place, kind = point, parts[2]
    return kind if kind in _ACROSS else ""
