"""The facts about VGG16 that everybody knows, read as another program would."""
import json
import sys

report = json.load(open(sys.argv[1]))
assert report["version"] == 1
assert report["device"]["basis"] == "measured"
(model,) = report["models"]
assert model["name"] == "VGG16", model["name"]
assert model["class"] == "VGG16Impl"
assert model["inputs"] == [
    {"name": "x", "shape": [1, 3, 224, 224], "dtype": "float32", "basis": "call site"}]
totals = model["totals"]
assert totals["macs"] == 15470264320
assert totals["parameters"] == 138357544
assert model["coverage"]["calls"] == model["coverage"]["understood"] == len(model["calls"])
calls = model["calls"]
assert sum(c["macs"] for c in calls) == totals["macs"]
assert sum(c["parameters"] for c in calls) == totals["parameters"]
mean = sum(c["energy_j"]["mean"] for c in calls)
assert abs(mean - totals["energy_j"]["mean"]) < 1e-9 * mean
assert totals["energy_j"]["low"] < mean < totals["energy_j"]["high"]
convolutions = [c for c in calls if c["op"] == "aten::conv2d"]
assert len(convolutions) == 13
assert convolutions[0]["module"] == "features.0"
assert convolutions[0]["inputs"] == [[1, 3, 224, 224], [64, 3, 3, 3], [64]]
assert convolutions[0]["outputs"] == [[1, 64, 224, 224]]
assert convolutions[0]["attributes"]["padding"] == [1, 1]
assert model["outputs"] == [[1, 1000]]
step = totals["training_step"]
assert step["trainable_parameters"] == 138357544
# Weight gradients of everything, input gradients of everything but the first layer.
assert step["backward_macs"] == 2 * totals["macs"] - convolutions[0]["macs"]
assert step["energy_j"]["mean"] > totals["energy_j"]["mean"]
