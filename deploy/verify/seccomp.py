#!/usr/bin/env python3
"""The system calls that a unit of ../systemd allows, as a seccomp profile for containers: usage: seccomp.py UNIT"""
import json, re, subprocess, sys


def expand(name):
    """A set's calls, with those of the sets in it."""
    listed = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True).stdout
    calls = set()
    for line in listed.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            calls |= expand(word)
        elif word and not word.startswith("#"):
            calls.add(word)
    return calls


with open(sys.argv[1], encoding="utf-8") as unit:
    filters = re.findall(r"^SystemCallFilter=(~?)(.+)$", unit.read(), re.M)
allowed = set()
for denies, names in filters:
    calls = set().union(*(expand(name) for name in names.split()))
    allowed = allowed - calls if denies else allowed | calls
# systemd sets the user, the groups and the capabilities before the filter, a container's runtime after it.
allowed |= {"capget", "capset", "chown", "fchown", "fchownat", "setgid", "setgroups", "setuid", "setresuid", "setresgid"}
json.dump({
    "defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"],
    "syscalls": [{"names": sorted(allowed), "action": "SCMP_ACT_ALLOW"}]}, sys.stdout)
