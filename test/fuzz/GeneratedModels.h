/// \file
/// What a generated batch (a shared object) hands to the driver.
#pragma once
#include "tracer/ModelRegistry.h"

struct GeneratedModel {
  const char *Name;
  const char *Inputs;
  energy::conformance::Model (*Make)();
};

extern "C" const GeneratedModel *generatedModels(size_t *Count);
