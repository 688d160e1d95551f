// A digit classifier with its training loop: what the speed table calls "the MNIST example".
#include <torch/torch.h>
#include <iostream>
#include <string>
#include <vector>

struct Digits : torch::nn::Module {
  Digits()
      : conv1(torch::nn::Conv2dOptions(1, 16, 3).padding(1)),
        conv2(torch::nn::Conv2dOptions(16, 32, 3).padding(1)), fc1(32 * 7 * 7, 64), fc2(64, 10) {
    register_module("conv1", conv1);
    register_module("conv2", conv2);
    register_module("drop", drop);
    register_module("fc1", fc1);
    register_module("fc2", fc2);
  }
  torch::Tensor forward(torch::Tensor x) {
    x = torch::max_pool2d(torch::relu(conv1->forward(x)), 2);
    x = torch::max_pool2d(torch::relu(drop(conv2->forward(x))), 2);
    x = torch::relu(fc1->forward(x.view({-1, 32 * 7 * 7})));
    return torch::log_softmax(fc2->forward(x), 1);
  }
  torch::nn::Conv2d conv1, conv2;
  torch::nn::Dropout2d drop;
  torch::nn::Linear fc1, fc2;
};

template <typename Loader>
void train(int epoch, Digits &model, torch::Device device, Loader &loader,
           torch::optim::Optimizer &optimizer) {
  model.train();
  int64_t seen = 0;
  for (auto &batch : loader) {
    auto data = batch.data.to(device), target = batch.target.to(device);
    optimizer.zero_grad();
    auto loss = torch::nll_loss(model.forward(data), target);
    loss.backward();
    optimizer.step();
    seen += data.size(0);
    std::cout << epoch << ' ' << seen << ' ' << loss.template item<float>() << '\n';
  }
}

template <typename Loader> void evaluate(Digits &model, torch::Device device, Loader &loader) {
  torch::NoGradGuard guard;
  model.eval();
  int64_t correct = 0;
  for (const auto &batch : loader) {
    auto output = model.forward(batch.data.to(device));
    correct += output.argmax(1).eq(batch.target.to(device)).sum().template item<int64_t>();
  }
  std::cout << correct << '\n';
}

int main() {
  torch::Device device(torch::cuda::is_available() ? torch::kCUDA : torch::kCPU);
  Digits model;
  model.to(device);
  auto images = torch::data::datasets::MNIST("./data")
                    .map(torch::data::transforms::Normalize<>(0.13, 0.31))
                    .map(torch::data::transforms::Stack<>());
  auto loader = torch::data::make_data_loader<torch::data::samplers::SequentialSampler>(
      std::move(images), 64);
  torch::optim::SGD optimizer(model.parameters(), torch::optim::SGDOptions(0.01).momentum(0.5));
  for (int epoch = 1; epoch <= 3; ++epoch) {
    train(epoch, model, device, *loader, optimizer);
    evaluate(model, device, *loader);
  }
}
