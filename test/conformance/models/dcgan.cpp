// DCGAN: a generator with members constructed by default member initialisers and
// a discriminator that a function returns as a Sequential.
#include <torch/torch.h>

const int64_t kNoiseSize = 100;

struct DCGANGeneratorImpl : torch::nn::Module {
  DCGANGeneratorImpl(int64_t noise_size, int64_t features = 64)
      : conv1(torch::nn::ConvTranspose2dOptions(noise_size, features * 8, 4).bias(false)),
        batch_norm1(features * 8),
        conv2(torch::nn::ConvTranspose2dOptions(features * 8, features * 4, 3)
                  .stride(2)
                  .padding(1)
                  .bias(false)),
        batch_norm2(features * 4),
        conv3(torch::nn::ConvTranspose2dOptions(features * 4, features, 4)
                  .stride(2)
                  .padding(1)
                  .bias(false)),
        batch_norm3(features),
        conv4(torch::nn::ConvTranspose2dOptions(features, 1, 4).stride(2).padding(1).bias(false)) {
    register_module("conv1", conv1);
    register_module("conv2", conv2);
    register_module("conv3", conv3);
    register_module("conv4", conv4);
    register_module("batch_norm1", batch_norm1);
    register_module("batch_norm2", batch_norm2);
    register_module("batch_norm3", batch_norm3);
  }

  torch::Tensor forward(torch::Tensor x) {
    x = torch::relu(batch_norm1(conv1(x)));
    x = torch::relu(batch_norm2(conv2(x)));
    x = torch::relu(batch_norm3(conv3(x)));
    x = torch::tanh(conv4(x));
    return x;
  }

  torch::nn::ConvTranspose2d conv1;
  torch::nn::BatchNorm2d batch_norm1;
  torch::nn::ConvTranspose2d conv2;
  torch::nn::BatchNorm2d batch_norm2;
  torch::nn::ConvTranspose2d conv3;
  torch::nn::BatchNorm2d batch_norm3;
  torch::nn::ConvTranspose2d conv4;
};
TORCH_MODULE(DCGANGenerator);

torch::nn::Sequential create_discriminator(double slope = 0.2) {
  auto leaky = [slope] {
    return torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(slope));
  };
  return torch::nn::Sequential(
      torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 64, 4).stride(2).padding(1).bias(false)),
      leaky(),
      torch::nn::Conv2d(torch::nn::Conv2dOptions(64, 128, 4).stride(2).padding(1).bias(false)),
      torch::nn::BatchNorm2d(128), leaky(),
      torch::nn::Conv2d(torch::nn::Conv2dOptions(128, 256, 4).stride(2).padding(1).bias(false)),
      torch::nn::BatchNorm2d(256), leaky(),
      torch::nn::Conv2d(torch::nn::Conv2dOptions(256, 1, 3).stride(1).padding(0).bias(false)),
      torch::nn::Sigmoid());
}

int main() {
  torch::manual_seed(1);
  DCGANGenerator generator(kNoiseSize);
  torch::nn::Sequential discriminator = create_discriminator();
  auto noise = torch::randn({64, kNoiseSize, 1, 1});
  auto fake = generator->forward(noise);
  auto score = discriminator->forward(fake.detach());
  std::cout << score.mean().item<float>() << std::endl;
}
