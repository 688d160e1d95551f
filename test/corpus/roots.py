"""The root models of the repositories: module classes that no other module of their
repository contains, each counted once, with its best reconstruction."""
import os
import re

LISTED = re.compile(r"^\S.*?  (?P<file>.+):(?P<line>\d+):\d+  class \S+, part of ", re.M)
RANK = {"complete": 0, "rejected": 1, "partial": 2, "none": 3}


def verdict(model):
    """complete: every call understood; a model that calls nothing returns something known.
    rejected: its own code makes calls that LibTorch rejects, and nothing else is unknown."""
    coverage, unknowns = model.get("coverage", {}), model.get("unknowns", [])
    calls, understood = coverage.get("calls", 0), coverage.get("understood", 0)
    if calls == understood and not unknowns and (calls or any(model.get("outputs", []))):
        return "complete"
    if unknowns and all(u["reason"] == "shape error above" for u in unknowns):
        return "rejected"
    return "partial" if understood else "none"


class Root:
    """A root model: what came out when nothing was given, and in the end."""

    def __init__(self, repository, file, model):
        self.repository, self.file, self.name = repository, file, model["name"]
        self.alone, self.model = "none", model

    @property
    def verdict(self):
        return verdict(self.model)

    def see(self, model, alone):
        found = verdict(model)
        if alone and RANK[found] < RANK[self.alone]:
            self.alone = found
        if RANK[found] < RANK[self.verdict]:
            self.model = model


def place(root, file, line):
    return os.path.normpath(os.path.join(root, file)), int(line)


def parts(listing, root):
    """The places of the classes that --list-models calls part of another."""
    return {place(root, m["file"], m["line"]) for m in LISTED.finditer(listing)}


def find(units, given):
    """The roots of all repositories. A class that one file shows alone can be part of a
    module that another file shows."""
    contained = {(u.repository, p) for u in units for p in u.parts}
    found = {}
    for unit, alone in [(u, True) for u in units] + [(g, False) for g in given]:
        for model in unit.models:
            where = model.get("location") or {"file": str(unit.path), "line": 0}
            at = place(unit.root, where["file"], where["line"])
            if (unit.repository, at) in contained:
                continue
            key = (unit.repository, at, model["name"])
            if key not in found:
                found[key] = Root(unit.repository, unit.path, model)
            found[key].see(model, alone)
    return list(found.values())
