# Tests of the programs as their users run them: one file per behaviour, in the
# folder of the stage it is about. `lit -v build/test/lit/<stage>` runs a part.
import os
import lit.formats

config.name = "clang-energy"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_dir, "test", "lit")

# Every test shares one header cache: building it takes the time of a whole parse.
config.substitutions += [
    ("%clang_energy", os.path.join(config.bin_dir, "clang-energy")
     + " --cache-dir=" + config.cache_dir),
    ("%energy_measure", os.path.join(config.bin_dir, "energy-measure")),
    ("%energy_fit", os.path.join(config.bin_dir, "energy-fit")),
    # A miniature of LibTorch that parses in a moment; goes last on a command line.
    ("%paper", "-- -std=c++17 -isystem " + os.path.join(config.source_dir, "test", "paper-torch")),
    ("%status", config.python + " " + os.path.join(os.path.dirname(__file__), "status.py")),
    ("%validate", config.python + " " + os.path.join(config.source_dir, "test", "validate-json.py")
     + " " + os.path.join(config.source_dir, "docs", "report.schema.json")),
    ("%examples", os.path.join(config.source_dir, "docs", "examples")),
    ("%docs", os.path.join(config.source_dir, "docs")),
    ("%shared", config.shared_dir),
    ("%python", config.python),
]
config.environment["PATH"] = os.pathsep.join([config.llvm_tools, os.environ["PATH"]])
# Nothing of the person who runs the tests may change what they see.
for name in ("HOME", "XDG_CACHE_HOME"):
    config.environment[name] = os.path.join(config.build_dir, "test", "home")

for tool in ("clang-energy", "energy-measure", "energy-fit"):
    if os.path.exists(os.path.join(config.bin_dir, tool)):
        config.available_features.add(tool)
if os.path.isdir(config.shared_dir):
    config.available_features.add("shared")
