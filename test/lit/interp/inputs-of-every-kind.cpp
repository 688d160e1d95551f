// Numbers, lists, tuples and structs that forward() takes are given by their names.
// RUN: %clang_energy --dump=graph --model Net --set length=3 --set flag=true \
// RUN:   --input x=2x8 --input parts=2x3 --input parts=2x5 --input state.1=2x7 --input state.0=2x6 \
// RUN:   --input batch.mask=2x8:bool --set batch.steps=4 %s 2>&1 | FileCheck %s
// RUN: %clang_energy --dump=graph --model Net --set length=3 --set flag=true \
// RUN:   --input 2x8 --input batch.mask=2x8:bool --set batch.steps=4 --input state=2x6 --input state=2x7 \
// RUN:   --input 2x3 --input 2x5 %s 2>&1 | FileCheck %s
// RUN: %clang_energy --explain-unknowns --fail-level=never --model Net --input x=2x8 %s 2>&1 | FileCheck %s --check-prefix=GIVE
// RUN: not %clang_energy --model Net --input x=2x8 --input part=1 --input parts=2x3 --set length=2 \
// RUN:   --input state=2x6 --input batch.mask=2x8 %s 2>&1 | FileCheck %s --check-prefix=TYPO
#include <torch/torch.h>

struct Batch {
  torch::Tensor mask;
  int64_t steps = 2;
};

struct NetImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x, int64_t length, const std::vector<torch::Tensor> &parts,
                        std::tuple<torch::Tensor, torch::Tensor> state, Batch batch,
                        bool shifted = false, bool flag = false) {
    x = x.narrow(1, 0, length);
    auto all = torch::cat(parts, 1);
    auto both = torch::cat({std::get<0>(state), std::get<1>(state)}, 1);
    auto wide = batch.mask.repeat({1, batch.steps});
    return flag && !shifted ? torch::cat({x, all, both, wide.to(torch::kFloat)}, 1) : x;
  }
};
TORCH_MODULE(Net);
// CHECK: aten::narrow self=f32[2,8] dim=1 start=0 length=3
// CHECK: aten::cat {{.*}} -> f32[2,8]
// CHECK: aten::cat tensors=[f32[2,6],f32[2,7]] dim=1 -> f32[2,13]
// CHECK: aten::repeat self=b8[2,8] repeats=[1,4] -> b8[2,32]
// CHECK: aten::cat {{.*}} -> f32[2,56]
// CHECK-NOT: unknown
// GIVE-DAG: --set length=VALUE
// GIVE-DAG: --input parts=SHAPE
// TYPO: no model has an input 'part'
