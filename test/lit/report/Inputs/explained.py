"""The terms that --explain prints add up to the estimate that it prints."""
import re
import sys

UNITS = {"nJ": 1e-9, "uJ": 1e-6, "mJ": 1e-3, "J": 1, "kJ": 1e3}


def joules(text):
    number, unit = text.split()
    return float(number) * UNITS[unit]


checked, terms, factor, total = 0, 0.0, 1.0, None
for line in open(sys.argv[1], encoding="utf-8"):
    if title := re.match(r"'?.*aten::\S+: (\S+ \S+), (fitted|extrapolated|modelled)", line):
        terms, factor, total = 0.0, 1.0, joules(title[1])
    elif term := re.match(r"  (\S+ [numk]?J) +.*: .* x ", line):
        terms += joules(term[1])
    elif correction := re.match(r"  x (\S+) +correction", line):
        factor = float(correction[1])
    elif line.startswith("  90 % interval") and total is not None:
        # Each number is printed with two digits.
        assert abs(terms * factor / total - 1) < 0.08, (line, terms, factor, total)
        checked, total = checked + 1, None
assert checked > 10, checked
