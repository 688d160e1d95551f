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


def distinct_models(units, verdict):
    """A class in a header is seen from several files: its best reconstruction counts."""
    rank = {"complete": 0, "partial": 1, "none": 2}
    best = {}
    for unit in units:
        for model in unit.models:
            place = model.get("location") or {}
            key = (unit.repository, place.get("file", str(unit.path)), place.get("line"),
                   model["name"])
            result = verdict(model)
            if key not in best or rank[result] < rank[best[key][0]]:
                best[key] = (result, model)
    return best


def repository_table(units, counts, verdict):
    best = distinct_models(units, verdict)
    rows = []
    names = list(dict.fromkeys(list(counts) + [u.repository for u in units]))
    for name in names + ["all"]:
        mine = [u for u in units if name in (u.repository, "all")]
        models = [v for k, v in best.items() if name in (k[0], "all")]
        verdicts = collections.Counter(v for v, _ in models)
        calls = sum(m.get("coverage", {}).get("calls", 0) for _, m in models)
        understood = sum(m.get("coverage", {}).get("understood", 0) for _, m in models)
        status = collections.Counter(u.outcome.status for u in mine)
        classes = sum(counts.values()) if name == "all" else counts[name]
        rows.append([name, classes, len(mine), len(models), verdicts["complete"],
                     verdicts["partial"], verdicts["none"],
                     f"{understood}/{calls}" if calls else "-",
                     status["crash"], status["timeout"], status["failed"]])
    return table(["repository", "classes", "files", "models", "complete", "with unknowns", "not",
                  "calls understood", "crashes", "time-outs", "no report"], rows)


def generalised(reason):
    """Reasons that differ in a name only count together."""
    return re.sub(r"\s+", " ", reason)[:110]


def reason_table(units, verdict, limit=40):
    models, hidden, example = collections.Counter(), collections.Counter(), {}
    for (_, _, _, name), (_, model) in distinct_models(units, verdict).items():
        for unknown in model.get("unknowns", []):
            reason = generalised(unknown["reason"])
            models[reason] += 1
            hidden[reason] += unknown.get("hides_calls", 0) or 0
            example.setdefault(reason, name)
    ranked = sorted(models, key=lambda r: (-models[r], -hidden[r], r))[:limit]
    rows = [[r.replace("|", "\\|"), models[r], hidden[r], example[r]] for r in ranked]
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


def render(units, comparisons, counts, verdict):
    parts = []
    if units:
        parts += ["Reconstruction:", "", repository_table(units, counts, verdict), "",
                  "Root reasons of unknowns:", "", reason_table(units, verdict), "",
                  "Cost:", "", cost_table(units)]
    if comparisons:
        parts += ["", "Against LibTorch's traces:", "", trace_table(comparisons), "",
                  "Not equal: " + (", ".join(f"{c.item.name} ({c.result})" for c in comparisons
                                             if c.result != "equal") or "none")]
    return "\n".join(parts)
