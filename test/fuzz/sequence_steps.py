"""Steps on a batch of sequences, shape N x T x D."""
from image_steps import activation, dropout


def linear(w):
    depth, out = w.shape[-1], w.pick(8, 12, 16)
    w.apply("Linear", w.pick(f"{w.off(depth)}, {out}",
                             f"torch::nn::LinearOptions({w.off(depth)}, {out}).bias(false)"), "fc")
    w.shape[-1] = out


def layer_norm(w):
    depth = w.off(w.shape[-1])
    w.apply("LayerNorm", w.pick(f"torch::nn::LayerNormOptions({{{depth}}})",
                                f"torch::nn::LayerNormOptions(std::vector<int64_t>{{{depth}}})"
                                ".eps(1e-6)"), "norm")


def recurrent(w):
    depth, hidden = w.shape[2], w.pick(6, 8)
    kind = w.pick("LSTM", "LSTM", "GRU", "RNN")
    layers, both = w.pick(1, 1, 2), w.chance(0.3)
    options = f"torch::nn::{kind}Options({w.off(depth)}, {hidden}).batch_first(true)"
    options += f".num_layers({layers})" if layers > 1 else ""
    options += ".bidirectional(true)" if both else ""
    name, _ = w.module(kind, options, kind.lower())
    form = w.rng.randrange(3)
    if form == 0:
        w.say(f"x = std::get<0>({name}->forward(x));")
    elif form == 1:
        output = w.name("output")
        w.say(f"auto [{output}, {output}_state] = {name}->forward(x);")
        w.say(f"x = {output};")
    else:
        result = w.name("result")
        w.say(f"auto {result} = {name}->forward(x);")
        w.say(f"x = std::get<0>({result}).contiguous();")
    w.shape[2] = hidden * (2 if both else 1)


def attention(w):
    n, time, depth = w.shape
    heads = w.pick(1, 2, 4)
    if depth % heads and not w.chance(w.wrong):
        heads = 1
    _, qkv = w.module("Linear", f"{depth}, {depth} * 3", "qkv")
    _, proj = w.module("Linear", f"{depth}, {depth}", "proj")
    w.say("{")
    w.say("  const auto B = x.size(0), T = x.size(1), C = x.size(2);")
    w.say(f"  const int64_t H = {heads};")
    if w.chance(0.5):
        w.say(f"  auto parts = {qkv}(x).reshape({{B, T, 3, H, C / H}}).permute({{2, 0, 3, 1, 4}});")
        w.say("  auto q = parts[0], k = parts[1], v = parts[2];")
    else:
        w.say(f"  auto parts = {qkv}(x).chunk(3, {w.pick(-1, 2)});")
        w.say("  auto heads = [&](torch::Tensor t) "
              "{ return t.view({B, T, H, C / H}).transpose(1, 2); };")
        w.say("  auto q = heads(parts[0]), k = heads(parts[1]), v = heads(parts[2]);")
    w.say("  auto weights = torch::matmul(q, k.transpose(-2, -1)) / std::sqrt(double(C / H));")
    if w.chance(0.4):
        w.say("  auto mask = torch::tril(torch::ones({T, T}));")
        w.say("  weights = weights.masked_fill(mask == 0, -1e9);")
    w.say("  weights = torch::softmax(weights, -1);")
    w.say("  auto mixed = torch::matmul(weights, v).transpose(1, 2);")
    w.say(f"  x = x + {proj}(mixed.{w.pick('reshape', 'contiguous().view')}({{B, T, C}}));")
    w.say("}")


def conv_over_time(w):
    n, time, depth = w.shape
    out = w.pick(6, 8)
    kernel = 3 if time >= 3 else 1
    padding = w.pick(0, 1) if kernel == 3 else 0
    _, call = w.module("Conv1d", f"torch::nn::Conv1dOptions({w.off(depth)}, {out}, {kernel})"
                                 f".padding({padding})", "conv")
    w.say(f"x = {call}(x.transpose(1, 2)).transpose(1, 2);" if w.chance(0.5) else
          f"x = {call}(x.permute({{0, 2, 1}})).permute({{0, 2, 1}}).contiguous();")
    w.shape = [n, time + 2 * padding - kernel + 1, out]


def position(w):
    n, time, depth = w.shape
    name = w.name("pos")
    w.member(f"torch::Tensor {name}")
    if w.chance(0.5):
        w.construct(f'{name} = register_parameter("{name}", '
                    f"torch::randn({{1, {w.off(time)}, {depth}}}) * 0.02);")
    else:
        w.construct(f'{name} = register_buffer("{name}", torch::zeros({{{time}, {depth}}}));')
    w.say(f"x = x + {name};")


def token(w):
    n, time, depth = w.shape
    name = w.name("cls")
    w.member(f"torch::Tensor {name}")
    w.construct(f'{name} = register_parameter("{name}", torch::zeros({{1, 1, {w.off(depth)}}}));')
    w.say(f"x = torch::cat({{{name}.expand({{x.size(0), -1, -1}}), x}}, 1);")
    w.shape[1] += 1


def feed_forward(w):
    depth = w.shape[2]
    hidden = depth * 2
    name = w.name("mlp")
    w.member(f"torch::nn::Sequential {name}{{nullptr}}")
    act = w.pick("torch::nn::GELU()", "torch::nn::ReLU()", "torch::nn::SiLU()")
    if w.chance(0.5):
        w.construct(f'{name} = register_module("{name}", torch::nn::Sequential('
                    f"torch::nn::Linear({depth}, {hidden}), {act}, torch::nn::Dropout(0.1), "
                    f"torch::nn::Linear({w.off(hidden)}, {depth})));")
    else:
        w.construct(f"{name} = torch::nn::Sequential();")
        w.construct(f'{name}->push_back("in", torch::nn::Linear({depth}, {hidden}));')
        w.construct(f'{name}->push_back("act", {act});')
        w.construct(f'{name}->push_back("out", torch::nn::Linear({hidden}, {w.off(depth)}));')
        w.construct(f'register_module("{name}", {name});')
    w.say(f"x = x + {name}->forward(x);")


def window_of_time(w):
    n, time, depth = w.shape
    if time < 4:
        return activation(w)
    length = time // 2
    w.say(w.pick(f"x = x.narrow(1, 0, {w.off(length)});",
                 f"x = x.slice(1, 0, {length});",
                 f"x = x.index({{torch::indexing::Slice(), "
                 f"torch::indexing::Slice(0, {length})}});"))
    w.shape[1] = length


def every_step(w):
    """A loop over time with a list of results."""
    n, time, depth = w.shape
    steps = w.name("steps")
    _, call = w.module("Linear", f"{depth}, {w.off(depth)}", "cell")
    w.say(f"std::vector<torch::Tensor> {steps};")
    if w.chance(0.5):
        w.say("for (int64_t t = 0; t < x.size(1); ++t)")
        w.say(f"  {steps}.push_back(torch::tanh({call}({w.pick('x.select(1, t)', 'x.index({torch::indexing::Slice(), t})')})));")
    else:
        w.say(f"auto {steps}_state = torch::zeros({{x.size(0), {depth}}});")
        w.say("for (const auto &step : x.unbind(1)) {")
        w.say(f"  {steps}_state = torch::tanh({call}(step) + {steps}_state);")
        w.say(f"  {steps}.emplace_back({steps}_state);")
        w.say("}")
    w.say(f"x = torch::stack({steps}, 1);")


def lookup(w):
    """A choice by a string, a map or a switch, decided in the constructor."""
    depth, name = w.shape[2], w.name("kind")
    choice = w.pick("wide", "narrow")
    sizes = {"wide": depth + 4, "narrow": depth}
    w.construct(f"const std::map<std::string, int64_t> {name}_sizes{{"
                f'{{"wide", {sizes["wide"]}}}, {{"narrow", {sizes["narrow"]}}}}};')
    w.construct(f'const std::string {name} = "{choice}";')
    full = "torch::nn::Linear"
    member = w.name("chosen")
    w.member(f"{full} {member}{{nullptr}}")
    w.construct(f'{member} = register_module("chosen_" + {name} + std::to_string({w.counter}), '
                f"{full}({depth}, {name}_sizes.at({name})));")
    w.say(f"x = {member}->forward(x);")
    w.shape[2] = sizes[choice]


SEQUENCE_STEPS = [(linear, 4), (layer_norm, 2), (recurrent, 2), (attention, 3),
                  (conv_over_time, 2), (position, 1), (token, 1), (feed_forward, 2),
                  (window_of_time, 1), (every_step, 1), (lookup, 1), (activation, 2), (dropout, 1)]


def embed(w):
    """From token ids to vectors."""
    depth = w.pick(8, 12)
    w.apply("Embedding", w.pick(f"20, {depth}", f"torch::nn::EmbeddingOptions(20, {depth})"),
            "embedding")
    w.shape, w.dtype = [*w.shape, depth], "float32"


def reduce(w):
    form = w.rng.randrange(5)
    if form == 0:
        w.say("x = x.mean(1);")
    elif form == 1:
        w.say("x = std::get<0>(torch::max(x, 1));")
    elif form == 2:
        w.say("x = x.select(1, -1);")
    elif form == 3:
        w.say("x = x.index({torch::indexing::Slice(), 0});")
    else:
        w.say("x = torch::sum(x, {1});")
    w.shape = [w.shape[0], w.shape[2]]
    linear(w)
