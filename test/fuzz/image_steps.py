"""Steps on a batch of images or volumes, shape N x C x H x W. A step emits code
and updates the shape."""
from model_writer import window

ACTIVATION_MODULES = ["ReLU", "LeakyReLU", "SiLU", "GELU", "Tanh", "Sigmoid", "ELU", "ReLU6",
                      "Softplus", "Mish", "SELU"]
ACTIVATION_CALLS = ["torch::relu(x)", "torch::tanh(x)", "x.relu()", "x.sigmoid()",
                    "torch::leaky_relu(x, 0.1)", "F::silu(x)", "F::gelu(x)", "torch::elu(x)",
                    "x.clamp(-1, 1)", "torch::softplus(x)", "x * torch::sigmoid(x)",
                    "F::relu(x, F::ReLUFuncOptions(true))"]


def conv(w):
    channels, (height, width) = w.shape[1], w.shape[2:]
    kernel, stride, dilation = w.pick(1, 3, 3, 5), w.pick(1, 1, 2), w.pick(1, 1, 1, 2)
    padding = w.pick(0, kernel // 2, kernel // 2 * dilation)
    out = w.pick(4, 6, 8, 12)
    groups = w.pick(1, 1, 1, 2, channels)
    if channels % groups or out % groups:
        groups = 1 if not w.chance(w.wrong) else groups
    sizes = [window(s, kernel, stride, padding, dilation) for s in (height, width)]
    if min(sizes) < 1 and not w.chance(w.wrong):
        kernel, stride, dilation, padding = 1, 1, 1, 0
        sizes = [height, width]
    options = (f"torch::nn::Conv2dOptions({w.number(w.off(channels))}, {w.number(out)}, "
               f"{w.pick(str(kernel), f'{{{kernel}, {kernel}}}')})")
    if stride != 1:
        options += f".stride({stride})"
    if padding:
        options += f".padding({padding})"
    if dilation != 1:
        options += f".dilation({dilation})"
    if groups != 1:
        options += f".groups({groups})"
    if w.chance(0.4):
        options += f".bias({w.pick('true', 'false')})"
    w.apply("Conv2d", options, "conv")
    w.shape = [w.shape[0], out, *sizes]


def transposed_conv(w):
    channels, out = w.shape[1], w.pick(3, 4, 8)
    kernel, stride, padding = w.pick(2, 3, 4), w.pick(1, 2), w.pick(0, 1)
    sizes = [(s - 1) * stride - 2 * padding + kernel for s in w.shape[2:]]
    if max(sizes) > 64 or min(sizes) < 1:
        return conv(w)
    w.apply("ConvTranspose2d",
            f"torch::nn::ConvTranspose2dOptions({w.off(channels)}, {out}, {kernel})"
            f".stride({stride}).padding({padding})", "up")
    w.shape = [w.shape[0], out, *sizes]


def pool(w):
    kernel = w.pick(2, 3)
    stride = w.pick(None, 1, 2)
    if min(w.shape[2:]) < kernel and not w.chance(w.wrong):
        return conv(w)
    kind = w.pick("Max", "Avg")
    step = stride or kernel
    sizes = [window(s, kernel, step, 0) for s in w.shape[2:]]
    if w.chance(0.4):
        call = f"torch::{kind.lower()}_pool2d(x, {kernel}" + (f", {stride}" if stride else "") + ")"
        w.say(f"x = {call};")
    elif w.chance(0.3):
        options = f"F::{kind}Pool2dFuncOptions({kernel})" + (f".stride({stride})" if stride else "")
        w.say(f"x = F::{kind.lower()}_pool2d(x, {options});")
    else:
        options = f"torch::nn::{kind}Pool2dOptions({kernel})"
        options += f".stride({stride})" if stride else ""
        if w.chance(0.3):
            options += ".ceil_mode(true)"
            sizes = [-((kernel - s) // step) + 1 if s >= kernel else 1 for s in w.shape[2:]]
            sizes = [n - 1 if (n - 1) * step >= s else n for n, s in zip(sizes, w.shape[2:])]
        w.apply(f"{kind}Pool2d", options, "pool")
    w.shape[2:] = sizes


def adaptive_pool(w):
    size = w.pick(1, 2, 4)
    if w.chance(0.5):
        w.say(f"x = torch::adaptive_avg_pool2d(x, {{{size}, {size}}});")
    else:
        kind = w.pick("Avg", "Max")
        w.apply(f"Adaptive{kind}Pool2d", f"torch::nn::Adaptive{kind}Pool2dOptions({size})", "pool")
    w.shape[2:] = [size, size]


def normalise(w):
    channels = w.off(w.shape[1])
    kind = w.pick("BatchNorm2d", "BatchNorm2d", "InstanceNorm2d", "GroupNorm")
    if kind == "GroupNorm":
        groups = w.pick(1, 2, max(1, channels))
        if channels % groups and not w.chance(w.wrong):
            groups = 1
        w.apply(kind, f"torch::nn::GroupNormOptions({groups}, {channels})", "gn")
    elif kind == "InstanceNorm2d":
        affine = w.pick("", ".affine(true)")
        w.apply(kind, f"torch::nn::InstanceNorm2dOptions({channels}){affine}", "norm")
    else:
        w.apply(kind, w.pick(str(channels), f"torch::nn::BatchNorm2dOptions({channels}).eps(1e-3)"),
                "bn")


def activation(w):
    if w.chance(0.5):
        w.say(f"x = {w.pick(*ACTIVATION_CALLS)};")
        return
    kind = w.pick(*ACTIVATION_MODULES)
    arguments = "torch::nn::ReLUOptions().inplace(true)" if kind == "ReLU" and w.chance(.5) else ""
    w.apply(kind, arguments, "act")


def dropout(w):
    if w.rank == 4 and w.chance(0.3):
        w.apply("Dropout2d", "0.25", "drop")
    elif w.chance(0.3):
        w.say("x = torch::dropout(x, 0.5, is_training());")
    else:
        w.apply("Dropout", w.pick("", "0.3", "torch::nn::DropoutOptions(0.1)"), "drop")


def upsample(w):
    if max(w.shape[2:]) > 24:
        return pool(w)
    mode = w.pick("torch::kNearest", "torch::kBilinear")
    align = ".align_corners(true)" if "Bilinear" in mode and w.chance(0.5) else ""
    if mode == "torch::kBilinear" and not align:
        align = ".align_corners(false)"
    options = f"scale_factor(std::vector<double>{{2, 2}}).mode({mode}){align}"
    if w.chance(0.5):
        w.apply("Upsample", f"torch::nn::UpsampleOptions().{options}", "up")
    else:
        w.say(f"x = F::interpolate(x, F::InterpolateFuncOptions().{options});")
    w.shape[2:] = [s * 2 for s in w.shape[2:]]


def pad(w):
    left, right = w.pick(0, 1), w.pick(1, 2)
    if w.chance(0.5):
        w.say(f"x = F::pad(x, F::PadFuncOptions({{{left}, {right}, 1, 0}}));")
    else:
        kind = w.pick("ZeroPad2d", "ReflectionPad2d", "ReplicationPad2d")
        if kind == "ReflectionPad2d" and min(w.shape[2:]) <= 2:
            kind = "ZeroPad2d"
        w.apply(kind, f"torch::nn::{kind}Options({{{left}, {right}, 1, 0}})", "pad")
    w.shape[2] += 1
    w.shape[3] += left + right


def residual(w):
    """x + f(x) with f keeping the shape, or rarely not."""
    channels = w.shape[1]
    out = w.off(channels)
    name, call = w.module("Conv2d", f"torch::nn::Conv2dOptions({channels}, {out}, 3).padding(1)")
    form = w.rng.randrange(4)
    if form == 0:
        w.say(f"x = x + {call}(x);")
    elif form == 1:
        w.say("auto identity = x.clone();" if "identity" not in "".join(w.forward_lines)
              else "identity = x.clone();")
        w.say(f"x = {call}(x);")
        w.say("x += identity;")
    elif form == 2:
        w.say(f"x = torch::add(x, torch::relu({call}(x)));")
    else:
        w.say(f"if (!{name}.is_empty())" if "->" not in call and call == name else "if (true)")
        w.say(f"  x = torch::relu({call}(x)).add_(x);")


def branches(w):
    """Parallel convolutions concatenated along the channels."""
    channels, outs = w.shape[1], [w.pick(2, 3, 4) for _ in range(w.pick(2, 3))]
    calls = []
    for out in outs:
        kernel = w.pick(1, 3)
        padding = kernel // 2 if not w.chance(w.wrong) else 0
        _, call = w.module("Conv2d", f"torch::nn::Conv2dOptions({channels}, {out}, {kernel})"
                                     f".padding({padding})", "branch")
        calls.append(f"{call}(x)")
    if w.chance(0.5):
        w.say(f"x = torch::cat({{{', '.join(calls)}}}, 1);")
    else:
        parts = w.name("parts")
        w.say(f"std::vector<torch::Tensor> {parts};")
        for call in calls:
            w.say(f"{parts}.push_back({call});")
        w.say(f"x = torch::cat({parts}, {w.pick(1, -3)});")
    w.shape[1] = sum(outs)


def stack_of_layers(w):
    """A loop in the constructor over a list of widths."""
    channels, name = w.shape[1], w.name("layers")
    widths = [w.pick(4, 6, 8) for _ in range(w.pick(2, 3))]
    w.member(f"torch::nn::Sequential {name}")
    listed = ", ".join(map(str, widths))
    w.construct(f"int64_t {name}_in = {w.off(channels)};")
    if w.chance(0.5):
        w.construct(f"for (int64_t width : std::vector<int64_t>{{{listed}}}) {{")
    else:
        w.construct(f"const int64_t {name}_widths[] = {{{listed}}};")
        w.construct(f"for (size_t i = 0; i < {len(widths)}; ++i) {{")
        w.construct(f"  const auto width = {name}_widths[i];")
    w.construct(f"  {name}->push_back(torch::nn::Conv2d("
                f"torch::nn::Conv2dOptions({name}_in, width, 3).padding(1)));")
    w.construct(w.pick(f"  {name}->push_back(torch::nn::ReLU());",
                       f"  {name}->push_back(torch::nn::BatchNorm2d(width));",
                       f"  {name}->push_back(torch::nn::Functional(torch::relu));",
                       f"  if ({name}_in != width) {name}->push_back(torch::nn::ReLU(true));"))
    w.construct(f"  {name}_in = width;")
    w.construct("}")
    w.construct(f'register_module("{name}", {name});')
    w.say(f"x = {name}->forward(x);")
    w.shape[1] = widths[-1]


def module_list(w):
    channels, name, count = w.shape[1], w.name("blocks"), w.pick(2, 3)
    w.member(f"torch::nn::ModuleList {name}")
    w.construct(f"for (int i = 0; i < {count}; i++)")
    w.construct(f"  {name}->push_back(torch::nn::Conv2d("
                f"torch::nn::Conv2dOptions({channels}, {w.off(channels)}, 3).padding(1)));")
    w.construct(f'register_module("{name}", {name});')
    form = w.rng.randrange(3)
    if form == 0:
        w.say(f"for (auto &block : *{name})")
        w.say("  x = torch::relu(block->as<torch::nn::Conv2d>()->forward(x));")
    elif form == 1:
        w.say(f"for (size_t i = 0; i < {name}->size(); ++i)")
        w.say(f"  x = {name}[i]->as<torch::nn::Conv2dImpl>()->forward(x);")
    else:
        w.say(f"for (const auto &block : *{name}) {{")
        w.say("  auto conv = std::dynamic_pointer_cast<torch::nn::Conv2dImpl>(block);")
        w.say("  x = x + conv->forward(x);")
        w.say("}")


def block_class(w):
    """A user's own block, a template or a holder, used twice with shared weights or not."""
    channels, name = w.shape[1], w.name("Block")
    template = w.chance(0.4)
    head = "template <typename Norm> " if template else ""
    norm = "Norm" if template else "torch::nn::BatchNorm2d"
    w.helpers += [
        f"{head}struct {name}Impl : torch::nn::Module {{",
        "  torch::nn::Conv2d conv{nullptr};", f"  {norm} norm{{nullptr}};",
        "  double scale;",
        f"  {name}Impl(int64_t channels, double scale = 0.5) : scale(scale) {{",
        '    conv = register_module("conv", torch::nn::Conv2d('
        "torch::nn::Conv2dOptions(channels, channels, 3).padding(1).bias(false)));",
        f'    norm = register_module("norm", {norm}(channels));', "  }",
        "  torch::Tensor forward(const torch::Tensor &x) {",
        "    return x + torch::relu(norm(conv(x))) * scale;", "  }", "};"]
    if not template:
        w.helpers.append(f"TORCH_MODULE({name});")
    type_name = f"{name}Impl<torch::nn::BatchNorm2d>" if template else f"{name}Impl"
    member = w.name("block")
    w.member(f"std::shared_ptr<{type_name}> {member}")
    arguments = w.pick(str(w.off(channels)), f"{w.off(channels)}, 0.25")
    w.construct(f'{member} = register_module("{member}", '
                f"std::make_shared<{type_name}>({arguments}));")
    w.say(f"x = {member}->forward(x);")
    if w.chance(0.5):
        w.say(f"x = {member}->forward(x);")


def channel_shuffle(w):
    channels = w.shape[1]
    if channels % 2:
        return activation(w)
    w.say("{")
    w.say("  const auto batch = x.size(0), channels = x.size(1);")
    w.say("  const auto height = x.size(2), width = x.size(3);")
    w.say(f"  x = x.view({{batch, {w.off(2)}, channels / 2, height, width}})"
          ".transpose(1, 2).contiguous();")
    w.say(f"  x = x.view({{batch, {w.pick('channels', '-1')}, height, width}});")
    w.say("}")


def split_channels(w):
    channels = w.shape[1]
    if channels % 2 or channels < 4:
        return activation(w)
    form = w.rng.randrange(3)
    name = w.name("halves")
    if form == 0:
        w.say(f"auto {name} = x.chunk(2, 1);")
    elif form == 1:
        w.say(f"auto {name} = torch::split(x, {channels // 2}, 1);")
    else:
        w.say("using namespace torch::indexing;")
        w.say(f"std::vector<torch::Tensor> {name}{{x.index({{Slice(), Slice(None, {channels // 2})}}), "
              f"x.index({{Slice(), Slice({channels // 2}, None)}})}};")
    w.say(f"x = {name}[0] * torch::sigmoid({name}[{w.pick('1', '1', name + '.size() - 1')}]);")
    w.shape[1] = channels // 2


def squeeze_excite(w):
    channels = w.shape[1]
    hidden = max(1, channels // 2)
    _, reduce = w.module("Linear", f"{channels}, {hidden}", "reduce")
    _, expand = w.module("Linear", f"torch::nn::LinearOptions({hidden}, {w.off(channels)})",
                         "expand")
    gate = w.name("gate")
    w.say(f"auto {gate} = x.mean({{2, 3}});")
    w.say(f"{gate} = torch::sigmoid({expand}(torch::relu({reduce}({gate}))));")
    w.say(f"x = x * {gate}.unsqueeze(-1).unsqueeze(-1);" if w.chance(0.5) else
          f"x = x * {gate}.view({{x.size(0), -1, 1, 1}});")


IMAGE_STEPS = [(conv, 6), (pool, 2), (normalise, 3), (activation, 4), (dropout, 1), (upsample, 1),
               (pad, 1), (residual, 2), (branches, 2), (stack_of_layers, 2), (module_list, 2),
               (block_class, 2), (channel_shuffle, 1), (split_channels, 1), (squeeze_excite, 1),
               (transposed_conv, 1), (adaptive_pool, 1)]


def head(w):
    """Flatten and classify."""
    n, features = w.shape[0], w.elements() // w.shape[0]
    form = w.rng.randrange(5)
    if form == 0:
        w.say("x = torch::flatten(x, 1);")
    elif form == 1:
        w.say(f"x = x.view({{-1, {w.off(features)}}});")
    elif form == 2:
        w.say("x = x.view({x.size(0), -1});")
    elif form == 3:
        w.say(f"x = x.reshape({{{n}, {w.off(features)}}});")
    else:
        w.apply("Flatten", "", "flatten")
    w.shape = [n, features]
    out = w.pick(3, 10)
    w.apply("Linear", w.pick(f"{w.off(features)}, {out}",
                             f"torch::nn::LinearOptions({w.off(features)}, {out}).bias(false)"), "fc")
    w.shape = [n, out]
    if w.chance(0.4):
        w.say(w.pick("x = torch::log_softmax(x, 1);", "x = F::softmax(x, 1);",
                     "x = torch::softmax(x, -1);"))
