// A miniature of LibTorch for tests: declarations only. See ../README.md.
#pragma once
#include "torch/paper/containers.h"
#include "torch/paper/core.h"
#include "torch/paper/functional.h"
#include "torch/paper/functions.h"
#include "torch/paper/layers.h"
#include "torch/paper/module.h"
#include "torch/paper/options.h"
#include "torch/paper/tensor.h"
#include "torch/paper/training.h"
