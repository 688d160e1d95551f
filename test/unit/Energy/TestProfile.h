/// \file
/// A small complete profile with round numbers.
#pragma once

inline constexpr const char *TestProfileJson = R"({
 "version": 1, "name": "test", "basis": "measured",
 "machine": {"cpu": "none", "threads": 1, "constants": {"fault_bytes": 1000000}},
 "meter": {"name": "none"}, "software": {},
 "types": [
  {"name": "linear", "model": "physical-terms", "phase": "forward", "ops": ["aten::linear"],
   "terms": [{"name": "call", "expression": "1", "joules_per_unit": 1e-3},
             {"name": "products", "expression": "batch*in_features*out_features", "joules_per_unit": 2e-9}],
   "ranges": {"batch": [1, 64]},
   "intervals": [{"when": "batch < 4", "ln_low": -0.5, "ln_high": 0.5}, 
    {"when": "batch > 500", "ln_low": -0.1, "ln_high": 0.1, "extrapolated": {"ln_low": -0.3, "ln_high": 0.3}},
    {"ln_low": -0.1, "ln_high": 0.1}],
   "extrapolated_interval": {"ln_low": -1, "ln_high": 1}, "error_correlation": 0},
  {"name": "relu", "model": "physical-terms", "ops": ["aten::relu", "aten::relu_"],
   "extrapolates": [{"when": "in_place", "reason": "measured out of place only"}],
   "terms": [{"name": "bytes", "expression": "bytes_read+bytes_written+bytes_allocated", "joules_per_unit": 1e-9}],
   "intervals": [{"ln_low": -0.2, "ln_high": 0.2}],
   "extrapolated_interval": {"ln_low": -0.6, "ln_high": 0.6},
   "unmeasured_interval": {"ln_low": -0.7, "ln_high": 0.8}}
 ],
 "roofline": {"name": "roofline", "model": "roofline",
   "terms": [{"name": "call", "expression": "1", "joules_per_unit": 1e-4},
             {"name": "products", "expression": "macs", "joules_per_unit": 3e-9},
             {"name": "bytes", "expression": "bytes_read+bytes_written", "joules_per_unit": 1e-9}],
   "intervals": [{"ln_low": -1.6, "ln_high": 1.6}],
   "extrapolated_interval": {"ln_low": -2.3, "ln_high": 2.3}},
 "backward": {"weight_gradient": 2, "input_gradient": 1,
   "interval": {"ln_low": -1, "ln_high": 1}, "source": "assumed for the test"}
}
)";
