import json
import sys

(model,) = json.load(open(sys.argv[1]))["models"]
lost = [c for c in model["calls"] if "unknown" in c]
assert [c["op"] for c in lost] == ["aten::relu"], lost
assert lost[0]["macs"] is None and lost[0]["energy_j"] is None
assert model["coverage"]["understood"] == model["coverage"]["calls"] - 1
(why,) = [u for u in model["unknowns"] if u["hides_calls"]]
assert "magic" in why["reason"], why
assert why["location"]["line"] == 8, why
