// A module without forward() is called by its other methods: each public one that takes
// tensors through its layers and returns tensors is a model.
// RUN: %clang_energy --fail-level=never --model Agent --model Scripted --model Generator --model Judge %s %paper 2>&1 | FileCheck %s
// RUN: %clang_energy --fail-level=never --model Agent::value %s %paper 2>&1 | FileCheck --check-prefix=ONE %s
// RUN: not %clang_energy --model Weights %s %paper 2>&1 | FileCheck --check-prefix=NONE %s
// RUN: %clang_energy --list-models %s 2>&1 | FileCheck --check-prefix=LIST %s
#include <torch/torch.h>

struct Decision {
  torch::Tensor action, value;
};

class Agent : public torch::nn::Module {
public:
  Agent(int64_t observed, int64_t actions)
      : actor(torch::nn::Linear(observed, 16), torch::nn::Functional(torch::tanh), torch::nn::Linear(16, actions)) {
    register_module("actor", actor);
    critic = register_module("critic", torch::nn::Linear(observed, 1));
  }
  torch::Tensor value(const torch::Tensor &x) { return critic(x); }
  Decision decide(const torch::Tensor &x, torch::Tensor action = {}) {
    if (!action.defined())
      action = pick(actor->forward(x));
    return {action, value(x)};
  }
  // None of these is a model: no layer, no tensor that goes in or that comes out, not public.
  torch::Tensor loss(torch::Tensor a, torch::Tensor b) { return (a - b).pow(2).mean(); }
  torch::Tensor noise(int64_t n) { return actor->forward(torch::randn({n, 4})); }
  void learn(torch::Tensor x) { value(x).sum().backward(); }

private:
  torch::nn::Sequential actor;
  torch::nn::Linear critic{nullptr};
  torch::Tensor pick(torch::Tensor logits) { return torch::softmax(logits, -1); }
};

// The one that is named forward is meant.
struct Scripted : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(5, 2))};
  torch::Tensor Net_Forward(torch::Tensor x) { return fc(x); }
  torch::Tensor probabilities(torch::Tensor x) { return torch::softmax(fc(x), 1); }
};

// Only holds layers.
struct Weights : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(5, 2))};
};

// Of a pair that nothing calls as a whole each is a model.
struct GeneratorImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(3, 8))};
  torch::Tensor forward(torch::Tensor z) { return fc(z); }
};
TORCH_MODULE(Generator);
struct JudgeImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(8, 1))};
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Judge);
struct Pair : torch::nn::Module {
  Generator generator = register_module("generator", Generator());
  Judge judge = register_module("judge", Judge());
  void train_on(torch::Tensor z) { judge->forward(generator->forward(z)); }
};

int main() {
  Agent agent(4, 2);
  torch::Tensor seen = torch::zeros({10, 4});
  Decision d = agent.decide(seen);
  agent.value(torch::zeros({3, 4}));
}

// CHECK-DAG: model 'Agent::value': 12 MAC, 119 parameters
// CHECK-DAG: input 'x' 3x4 float32 (call site)
// CHECK-DAG: model 'Agent::decide': 1.00 kMAC, 119 parameters
// CHECK-DAG: input 'x' 10x4 float32 (call site)
// CHECK-DAG: model 'Scripted::Net_Forward': 10 MAC, 12 parameters
// CHECK-DAG: model 'Generator': 24 MAC, 32 parameters
// CHECK-DAG: model 'Judge': 8 MAC, 9 parameters

// NONE: class 'Weights' has no forward() that is known

// ONE-NOT: Agent::decide
// ONE: model 'Agent::value': 12 MAC, 119 parameters
// ONE-NOT: Agent::decide

// LIST-NOT: part of
// LIST: Agent {{.*}}class Agent, analysed by default
// LIST: Scripted {{.*}}class Scripted, analysed by default
// LIST: Weights {{.*}}class Weights{{$}}
// LIST: Generator {{.*}}class GeneratorImpl, analysed by default
// LIST: Pair {{.*}}class Pair{{$}}
