#!/usr/bin/env bash
# A machine of its own for a test: this system's files with a memory file system over them, and a
# real systemd as its first process. `machine.sh SHARE`: SHARE is /mnt in there. Prints
# `machine PID`, and ends everything when its standard input ends. Needs root.
#
# Nothing of it reaches the system around it: files are written into memory, mounts are in a name
# space, kernel settings and devices are read-only, processes die with their first. The network is
# the system's own, so that a test's clients can reach what runs inside.
set -euo pipefail

share="${1:?usage: machine.sh SHARE}"

inside() {
    local share="$1" top="$2"
    mount --make-rprivate /
    mount -t tmpfs -o mode=755 machine "$top"
    mkdir "$top/upper" "$top/work" "$top/root"
    mount -t overlay -o "lowerdir=/,upperdir=$top/upper,workdir=$top/work" machine "$top/root"
    cd "$top/root"
    mount -t proc proc proc
    mount --bind proc/sys proc/sys
    mount -o remount,bind,ro proc/sys
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    for folder in run tmp; do mount -t tmpfs machine "$folder"; done
    mount -t tmpfs -o mode=755 machine dev
    for device in null zero full random urandom tty; do
        touch "dev/$device"
        mount --bind "/dev/$device" "dev/$device"
    done
    ln -s /proc/self/fd dev/fd
    mkdir dev/shm dev/pts dev/mqueue dev/hugepages
    mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
    ln -s pts/ptmx dev/ptmx
    mkdir -p mnt
    mount --bind "$share" mnt
    # Images for containers forbid every start of a service.
    rm -f usr/sbin/policy-rc.d
    # Housekeeping that a test need not wait for.
    mkdir -p etc/systemd/system
    for unit in systemd-update-utmp.service systemd-modules-load.service \
        systemd-tmpfiles-setup.service systemd-remount-fs.service systemd-sysusers.service \
        dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
        sys-fs-fuse-connections.mount systemd-journal-flush.service systemd-pstore.service; do
        ln -sf /dev/null "etc/systemd/system/$unit"
    done
    mkdir -p old
    pivot_root . old
    umount -l /old
    # As on a real machine: systemd hands credentials to services through a shared mount.
    mount --make-rshared /
    export container=test
    exec /lib/systemd/systemd --system --unit=basic.target --show-status=0
}

if [[ "$share" == --inside ]]; then
    inside "$2" "$3"
fi

groups="$(awk '$3 == "cgroup2" { print $2; exit }' /proc/self/mounts)"
group="$groups$(sed -n 's/^0:://p' /proc/self/cgroup | sed 's:/$::')/holdfast-test-$$"
top="$(mktemp -d)"
mkdir "$group"
# Its own group, so that what systemd makes of it can be taken away.
(
    echo "$BASHPID" >"$group/cgroup.procs"
    exec unshare --fork --pid --mount --uts --ipc --cgroup --kill-child \
        "$0" --inside "$share" "$top" </dev/null >&2
) &
outer=$!

end() {
    kill -KILL "$outer" 2>/dev/null || true
    wait "$outer" 2>/dev/null || true
    if [[ -e "$group/cgroup.kill" ]]; then echo 1 >"$group/cgroup.kill"; fi
    for _ in $(seq 50); do
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
        sleep 0.1
    done
    rmdir "$top" 2>/dev/null || true
}
trap end EXIT

first=""
while [[ -z "$first" ]] && kill -0 "$outer" 2>/dev/null; do
    first="$(tr -d ' ' <"/proc/$outer/task/$outer/children")" 2>/dev/null || true
    sleep 0.05
done
echo "machine $first"
cat >/dev/null
