// The shared object around one generated batch: its models as a table.
#include "tracer/ModelPrelude.h"
#include "GeneratedModels.h"
#define ENERGY_FUZZ_TABLE static const GeneratedModel Models[]
#include ENERGY_FUZZ_BATCH

extern "C" const GeneratedModel *generatedModels(size_t *Count) {
  *Count = std::size(Models);
  return Models;
}
