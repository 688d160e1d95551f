"""The tables of a corpus run, as Markdown that also reads well in a terminal."""
import collections
import re


def table(head, rows):
    widths = [max(len(str(r[i])) for r in [head] + rows) for i in range(len(head))]

    def line(row):
        cells = [str(c).ljust(w) if i == 0 else str(c).rjust(w)
                 for i, (c, w) in enumerate(zip(row, widths))]
        return "| " + " | ".join(cells) + " |"
    rule = ["-" * w if i == 0 else "-" * (w - 1) + ":" for i, w in enumerate(widths)]
    return "\n".join([line(head), "| " + " | ".join(rule) + " |"] + [line(r) for r in rows])


def repository_table(units, models, counts):
    """Complete alone: with nothing given. Complete given: once arguments or inputs are."""
    rows = []
    names = list(dict.fromkeys(list(counts) + [u.repository for u in units]))
    for name in names + ["all"]:
        mine = [m for m in models if name in (m.repository, "all")]
        verdicts = collections.Counter(m.verdict for m in mine)
        alone = sum(m.alone == "complete" for m in mine)
        coverages = [m.model.get("coverage", {}) for m in mine]
        calls = sum(c.get("calls", 0) for c in coverages)
        understood = sum(c.get("understood", 0) for c in coverages)
        files = [u for u in units if name in (u.repository, "all")]
        status = collections.Counter(u.outcome.status for u in files)
        classes = sum(counts.values()) if name == "all" else counts[name]
        rows.append([name, classes, len(files), len(mine), alone, verdicts["complete"] - alone,
                     verdicts["rejected"], verdicts["partial"], verdicts["none"],
                     f"{understood}/{calls}" if calls else "-",
                     status["crash"], status["timeout"], status["failed"]])
    return table(["repository", "classes", "files", "models", "complete alone", "complete given",
                  "shape error", "with unknowns", "not", "calls understood", "crashes", "time-outs", "no report"],
                 rows)


def generalised(reason):
    """Reasons that differ in a name only count together."""
    return re.sub(r"\s+", " ", reason)[:110]


def reason_table(models, limit=40):
    times, hidden, example = collections.Counter(), collections.Counter(), {}
    for root in models:
        for unknown in root.model.get("unknowns", []):
            reason = generalised(unknown["reason"])
            times[reason] += 1
            hidden[reason] += unknown.get("hides_calls", 0) or 0
            example.setdefault(reason, root.name)
    ranked = sorted(times, key=lambda r: (-times[r], -hidden[r], r))[:limit]
    rows = [[r.replace("|", "\\|"), times[r], hidden[r], example[r]] for r in ranked]
    return table(["reason", "times", "calls hidden", "for example in"], rows)


def cost_table(units):
    cpu = sorted(u.outcome.cpu_seconds for u in units)
    memory = sorted(u.outcome.peak_mb for u in units)

    def row(name, values, form):
        middle = values[len(values) // 2]
        return [name] + [form.format(v) for v in
                         (sum(values) / len(values), middle, values[int(len(values) * .95)],
                          values[-1])]
    return table(["a file", "mean", "median", "95 %", "most"],
                 [row("CPU seconds", cpu, "{:.2f}"), row("peak memory, MB", memory, "{:.0f}")])


def trace_table(comparisons):
    by_repository = collections.defaultdict(collections.Counter)
    for c in comparisons:
        by_repository[c.item.repository][c.result] += 1
        by_repository["all"][c.result] += 1
    head = ["equal", "totals", "unknown", "different", "absent", "failed", "crash", "timeout"]
    names = [n for n in by_repository if n != "all"] + ["all"]
    rows = [[n, sum(by_repository[n].values())] + [by_repository[n][h] for h in head]
            for n in names]
    return table(["repository", "traces"] + head, rows)


def render(units, models, comparisons, counts):
    parts = []
    if units:
        parts += ["Reconstruction:", "", repository_table(units, models, counts), "",
                  "Root reasons of unknowns:", "", reason_table(models), "",
                  "Cost:", "", cost_table(units)]
    if comparisons:
        parts += ["", "Against LibTorch's traces:", "", trace_table(comparisons), "",
                  "Not equal: " + (", ".join(f"{c.item.name} ({c.result})" for c in comparisons
                                             if c.result != "equal") or "none")]
    return "\n".join(parts)
