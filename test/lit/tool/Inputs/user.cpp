#include "shared.h"

torch::Tensor use(Shared shared) { return shared->forward(torch::randn({1, 8})); }
