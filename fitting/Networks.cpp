#include "Networks.h"
#include "Csv.h"
#include "Numerics/FitError.h"
#include <algorithm>

using namespace energy;
using namespace energy::fit;

namespace {
using Templates = std::vector<std::string>;
std::string n(long Value) { return std::to_string(Value); }
std::string image(long Channels, long Side) {
  return "f32[@," + n(Channels) + "," + n(Side) + "," + n(Side) + "]";
}

std::string conv(long In, long Out, long Side, long Kernel, long Stride, long Padding) {
  return "aten::conv2d input=" + image(In, Side) + " weight=f32[" + n(Out) + "," + n(In) + "," +
         n(Kernel) + "," + n(Kernel) + "] bias=f32[" + n(Out) + "] stride=[" + n(Stride) + "," +
         n(Stride) + "] padding=[" + n(Padding) + "," + n(Padding) + "]";
}
std::string relu(long Elements) { return "aten::relu_ self=f32[@," + n(Elements) + "]"; }
std::string maxPool(long Channels, long Side, long Kernel, long Stride, long Padding) {
  return "aten::max_pool2d self=" + image(Channels, Side) + " kernel_size=[" + n(Kernel) + "," +
         n(Kernel) + "] stride=[" + n(Stride) + "," + n(Stride) + "] padding=[" + n(Padding) + "," +
         n(Padding) + "]";
}
std::string adaptivePool(long Channels, long Side, long Out) {
  return "aten::adaptive_avg_pool2d self=" + image(Channels, Side) + " output_size=[" + n(Out) +
         "," + n(Out) + "]";
}
std::string dropout(long Elements) {
  return "aten::dropout input=f32[@," + n(Elements) + "] p=0.5 train=false";
}
std::string linear(long In, long Out) {
  return "aten::linear input=f32[@," + n(In) + "] weight=f32[" + n(Out) + "," + n(In) +
         "] bias=f32[" + n(Out) + "]";
}

/// Three fully connected layers behind the features; AlexNet drops out first.
void classifier(Templates &Calls, long Features, bool DropoutFirst) {
  long In = Features;
  for (int I = 0; I < 2; ++I) {
    if (DropoutFirst)
      Calls.push_back(dropout(In));
    Calls.insert(Calls.end(), {linear(In, 4096), relu(4096)});
    if (!DropoutFirst)
      Calls.push_back(dropout(4096));
    In = 4096;
  }
  Calls.push_back(linear(4096, 1000));
}

Templates alexNet() {
  Templates Calls = {conv(3, 64, 224, 11, 4, 2), relu(64 * 55 * 55), maxPool(64, 55, 3, 2, 0),
                     conv(64, 192, 27, 5, 1, 2), relu(192 * 27 * 27), maxPool(192, 27, 3, 2, 0),
                     conv(192, 384, 13, 3, 1, 1), relu(384 * 13 * 13), conv(384, 256, 13, 3, 1, 1),
                     relu(256 * 13 * 13), conv(256, 256, 13, 3, 1, 1), relu(256 * 13 * 13),
                     maxPool(256, 13, 3, 2, 0), adaptivePool(256, 6, 6)};
  classifier(Calls, 256 * 36, true);
  return Calls;
}

/// VGG by the number of 3x3 convolutions in its five stages.
Templates vgg(const std::vector<int> &Stages) {
  Templates Calls;
  const long Widths[] = {64, 128, 256, 512, 512};
  long Channels = 3, Side = 224;
  for (size_t Stage = 0; Stage < Stages.size(); ++Stage) {
    for (int I = 0; I < Stages[Stage]; ++I) {
      Calls.push_back(conv(Channels, Widths[Stage], Side, 3, 1, 1));
      Channels = Widths[Stage];
      Calls.push_back(relu(Channels * Side * Side));
    }
    Calls.push_back(maxPool(Channels, Side, 2, 2, 0));
    Side /= 2;
  }
  Calls.push_back(adaptivePool(512, 7, 7));
  classifier(Calls, 512 * 49, false);
  return Calls;
}

const std::map<std::string, Templates> &builtIns() {
  static const std::map<std::string, Templates> All = {
      {"alexnet", alexNet()},
      {"vgg11", vgg({1, 1, 2, 2, 2})},
      {"vgg13", vgg({2, 2, 2, 2, 2})},
      {"vgg16", vgg({2, 2, 3, 3, 3})},
  };
  return All;
}

std::vector<PricedCall> price(const Templates &Calls, long Batch) {
  std::vector<PricedCall> Out;
  for (std::string Line : Calls) {
    for (size_t At; (At = Line.find('@')) != std::string::npos;)
      Line.replace(At, 1, n(Batch));
    Out.push_back(priceCall(Line));
  }
  return Out;
}

std::string structureRow(const CsvFile &Csv, size_t Row) {
  auto I = [&](const char *Column) { return Csv.integer(Row, Column, 0); };
  std::string Module = Csv.text(Row, "module");
  if (Module == "Conv2d")
    return conv(I("in_channels"), I("out_channels"), I("image_size"), I("kernel_size"), I("stride"),
                I("padding"));
  if (Module == "ReLU")
    return relu(I("input_size"));
  if (Module == "MaxPool2d")
    return maxPool(I("in_channels"), I("image_size"), I("kernel_size"), I("stride"), I("padding"));
  if (Module == "AdaptiveAvgPool2d")
    return adaptivePool(I("in_channels"), I("image_size"), I("image_size"));
  if (Module == "Dropout")
    return dropout(I("input_size"));
  if (Module == "Linear")
    return linear(I("input_size"), I("output_size"));
  Csv.fail(Row, "unknown module '" + Module + "'");
}

/// networks_layers_derived.csv of willowec2025: training mode, element-wise
/// operators by their size; Channels is that of the last convolution.
std::string derivedElementwise(const CsvFile &Csv, size_t Row, long Channels) {
  std::string Kind = Csv.text(Row, "kind");
  long Elements = Csv.integer(Row, "elements_per_sample", 1);
  std::string X = "f32[@," + n(Elements) + "]", C = "f32[" + n(Channels) + "]";
  std::string Image = "f32[@," + n(Channels) + "," + n(std::max(1L, Elements / Channels)) + ",1]";
  if (Kind == "relu_")
    return relu(Elements);
  if (Kind == "hs")
    return "aten::hardswish self=" + X;
  if (Kind == "mul")
    return "aten::mul.Tensor self=" + X + " other=" + X;
  if (Kind == "add_")
    return "aten::add_.Tensor self=" + X + " other=" + X;
  if (Kind == "dropout")
    return "aten::dropout input=" + X + " p=0.5 train=true";
  if (Kind == "avgpool")
    return "aten::adaptive_avg_pool2d self=" + Image + " output_size=[1,1]";
  if (Kind == "bn")
    return "aten::batch_norm input=" + Image + " weight=" + C + " bias=" + C + " running_mean=" + C +
           " running_var=" + C + " training=true momentum=0.1 eps=1e-05 cudnn_enabled=false";
  Csv.fail(Row, "unknown kind '" + Kind + "'");
}

std::string derivedRow(const CsvFile &Csv, size_t Row, long &Channels) {
  auto I = [&](const char *Column) { return Csv.integer(Row, Column, 0); };
  std::string Op = Csv.text(Row, "op");
  if (Op == "conv") {
    Channels = I("out_channels");
    return "aten::conv2d input=" + image(I("in_channels"), I("image_size")) + " weight=f32[" +
           n(Channels) + "," + n(I("in_channels") / std::max(1L, I("groups"))) + "," +
           n(I("kernel_size")) + "," + n(I("kernel_size")) + "] stride=[" + n(I("stride")) + "," +
           n(I("stride")) + "] padding=[" + n(I("padding")) + "," + n(I("padding")) +
           "] groups=" + n(I("groups"));
  }
  if (Op == "pool")
    return maxPool(I("in_channels"), I("image_size"), I("kernel_size"), I("stride"), I("padding"));
  if (Op == "linear")
    return linear(I("input_size"), I("output_size"));
  return derivedElementwise(Csv, Row, std::max(1L, Channels));
}
} // namespace

bool energy::fit::hasBuiltInNetwork(const std::string &Name) { return builtIns().count(Name); }

std::vector<PricedCall> energy::fit::builtInNetwork(const std::string &Name, long Batch) {
  auto Found = builtIns().find(Name);
  if (Found == builtIns().end())
    throw FitError("no layer list of the network '" + Name + "' is known; add arch_structure.csv");
  return price(Found->second, Batch);
}

StructureFile StructureFile::read(const std::string &Path) {
  CsvFile Csv = CsvFile::read(Path);
  StructureFile F;
  long Channels = 0;
  for (size_t Row = 0; Row < Csv.size(); ++Row)
    if (Csv.has("module"))
      F.Templates[Csv.text(Row, "architecture")].push_back(structureRow(Csv, Row));
    else
      F.Templates[Csv.text(Row, "network")].push_back(derivedRow(Csv, Row, Channels));
  return F;
}

std::vector<PricedCall> StructureFile::network(const std::string &Name, long Batch) const {
  return price(Templates.at(Name), Batch);
}
