"""Which files of a checked-out repository to analyse: those that define module
classes. Text only, no parsing: comments are stripped and regular expressions
find class heads, so that the harness does not depend on what it judges. A class
counts when a base is a LibTorch module, a Cloneable, or another class found so.
"""
import pathlib
import re
from typing import NamedTuple

SOURCE_SUFFIXES = {".cpp", ".cc", ".cxx", ".c++"}
VENDORED = "/torch/csrc/"  # a copy of LibTorch's headers
HEADER_SUFFIXES = {".h", ".hpp", ".hh", ".hxx", ".inl", ".ipp", ".tpp"}

COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.S)
CLASS = re.compile(r"\b(?:class|struct)\s+(?:[A-Z_]+\s+)?(\w+)\s*(?:final\s*)?:\s*([^;{}()]*)\{")
BASE = re.compile(r"(?:public\s+|virtual\s+|private\s+|protected\s+)*([\w:]+)\s*(<.*)?")
LIBTORCH_BASE = re.compile(r"(?:^|::)(?:Module|Cloneable|\w+Impl)$")
METHOD = re.compile(r"\b(\w+)\s*(?:<[^<>;{}()]*>)?\s*::\s*(\w+)\s*\(")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', re.M)


class Unit(NamedTuple):
    path: pathlib.Path
    classes: tuple  # names of module classes it defines or implements


def strip_comments(text):
    return COMMENT.sub(lambda m: m.group(0) if m.group(0)[0] == '"' else " ", text)


def base_names(clause):
    depth, start, parts = 0, 0, []
    for at, char in enumerate(clause):
        depth += {"<": 1, ">": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append(clause[start:at])
            start = at + 1
    parts.append(clause[start:])
    return [m.group(1) for m in (BASE.match(p.strip()) for p in parts) if m]


def is_libtorch_base(name):
    """`torch::nn::Module`, `nn::Cloneable<..>`, `Module`, `torch::nn::SequentialImpl`."""
    last = name.rsplit("::", 1)[-1]
    if last in ("Module", "Cloneable"):
        return "::" not in name or name.split("::")[-2] == "nn"
    return bool(LIBTORCH_BASE.search(name)) and "nn" in name.split("::")


class SourceTree:
    """All C++ files of one repository and the module classes in them."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.texts = {}
        for path in sorted(self.root.rglob("*")):
            if VENDORED in path.as_posix():
                continue
            if path.suffix in SOURCE_SUFFIXES | HEADER_SUFFIXES and path.is_file():
                text = strip_comments(path.read_text(encoding="utf-8", errors="replace"))
                self.texts[path] = text
        self.classes = self._find_classes()  # path -> [name]

    def _find_classes(self):
        heads = [(path, m.group(1), base_names(m.group(2)))
                 for path, text in self.texts.items()
                 if "torch" in text or "nn::" in text or "Module" in text
                 for m in CLASS.finditer(text)]
        found, names = {}, set()
        while True:
            before = len(names)
            for path, name, bases in heads:
                if any(is_libtorch_base(b) or b.rsplit("::", 1)[-1] in names for b in bases):
                    names.add(name)
                    if name not in found.setdefault(path, []):
                        found[path].append(name)
            if len(names) == before:
                return found

    def class_count(self):
        return sum(len(names) for names in self.classes.values())

    def units(self):
        """Sources that define or implement module classes; for a class that no source
        implements, a source that includes its header, else the header itself."""
        in_headers = {n for p, names in self.classes.items()
                      if p.suffix in HEADER_SUFFIXES for n in names}
        chosen, covered = {}, set()
        for path, text in self.texts.items():
            if path.suffix not in SOURCE_SUFFIXES:
                continue
            implemented = {m.group(1) for m in METHOD.finditer(text)
                           if m.group(1) in in_headers and m.group(2) in ("forward", m.group(1))}
            names = set(self.classes.get(path, [])) | implemented
            if names:
                chosen[path] = names
                covered |= {(n, d) for n in implemented for d in self._headers_of(path, n)}
        for header, names in self.classes.items():
            if header.suffix not in HEADER_SUFFIXES:
                continue
            left = {n for n in names if (n, header) not in covered}
            if left:
                chosen.setdefault(self._includer(header) or header, set()).update(left)
        return [Unit(path, tuple(sorted(names))) for path, names in sorted(chosen.items())]

    def _headers_of(self, source, name):
        """The headers that declare `name`, those the source includes by name first."""
        declaring = [p for p, names in self.classes.items() if name in names]
        included = {pathlib.PurePosixPath(i).name for i in INCLUDE.findall(self.texts[source])}
        near = [p for p in declaring if p.name in included]
        return near or declaring

    def _includer(self, header):
        """The source nearest to the header that includes it, if any."""
        best = None
        for path, text in self.texts.items():
            if path.suffix not in SOURCE_SUFFIXES:
                continue
            names = {pathlib.PurePosixPath(i).name for i in INCLUDE.findall(text)}
            if header.name in names:
                shared = len(set(path.parents) & set(header.parents))
                if best is None or shared > best[0]:
                    best = (shared, path)
        return best[1] if best else None
