"""Steps of image and sequence models in the C++ constructs that real models use: config
structs, containers of modules, lambdas, templates, inheritance, optional and tuple
results, indexing, einsum, attention modules. The shape rule is written here only
to go on with; LibTorch judges.
"""

def unique(w, stem):
    return f"{stem.capitalize()}{w.name('')}"


# --- both: the last dimension (sequences) or dimension 1 (images) is the feature

def feature(w):
    return w.shape[1] if w.rank == 4 else w.shape[-1]


def set_feature(w, value):
    w.shape[1 if w.rank == 4 else -1] = value


def layer(w, into, out):
    """A layer from `into` to `out` features, as an expression."""
    if w.rank == 4:
        return f"torch::nn::Conv2d(torch::nn::Conv2dOptions({into}, {out}, 1))"
    return f"torch::nn::Linear({into}, {out})"


def layer_type(w):
    return "torch::nn::Conv2d" if w.rank == 4 else "torch::nn::Linear"


def config_struct(w):
    """A struct of hyper-parameters with defaults, some overwritten, passed by reference."""
    size, out, config, block = feature(w), w.pick(4, 6, 8), unique(w, "config"), unique(w, "head")
    w.helpers += [f"struct {config} {{", f"  int64_t in = {size};", "  int64_t out = 3;",
                  "  std::vector<int64_t> hidden{};", "  std::string activation = \"relu\";",
                  "  bool bias = true;", "};",
                  f"struct {block}Impl : torch::nn::Module {{", "  torch::nn::Sequential body;",
                  f"  explicit {block}Impl(const {config} &config) {{", "    int64_t in = config.in;",
                  "    for (auto width : config.hidden) {",
                  f"      body->push_back({layer(w, 'in', 'width')});",
                  '      if (config.activation == "relu") body->push_back(torch::nn::ReLU());',
                  "      else body->push_back(torch::nn::Tanh());", "      in = width;", "    }",
                  f"    body->push_back({layer(w, 'in', 'config.out')});",
                  '    register_module("body", body);', "  }",
                  "  torch::Tensor forward(torch::Tensor x) { return body->forward(x); }", "};",
                  f"TORCH_MODULE({block});"]
    name = w.name("head")
    w.member(f"{block} {name}{{nullptr}}")
    w.construct(f"{config} {name}_config;")
    w.construct(f"{name}_config.out = {w.off(out)};")
    hidden = ", ".join(str(w.pick(3, 5)) for _ in range(w.pick(0, 1, 2)))
    w.construct(f"{name}_config.hidden = {{{hidden}}};")
    if w.chance(0.5):
        w.construct(f'{name}_config.activation = "tanh";')
    w.construct(f'{name} = register_module("{name}", {block}({name}_config));')
    w.say(f"x = {name}{w.pick('->forward', '')}(x);")
    set_feature(w, out)


def module_dict(w):
    size, name = feature(w), w.name("dict")
    w.member(f"torch::nn::ModuleDict {name}")
    w.construct(f"const std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>> {name}_items{{")
    w.construct(f'    {{"a", {layer(w, size, w.off(size))}.ptr()}}, {{"b", torch::nn::ReLU().ptr()}}}};')
    w.construct(w.pick(f"{name}->update({name}_items);", f"{name} = torch::nn::ModuleDict({name}_items);"))
    w.construct(f'register_module("{name}", {name});')
    if w.chance(0.5):
        w.say(f'x = {name}["a"]->as<{layer_type(w)}>()->forward(x);')
        w.say(f'if ({name}->contains("b")) x = {name}["b"]->as<torch::nn::ReLU>()->forward(x);')
    else:
        w.say(f"for (const auto &item : {name}->items()) {{")
        w.say(f"  if (auto *m = item.second->as<{layer_type(w)}>()) x = m->forward(x);")
        w.say("  else x = torch::relu(x);")
        w.say("}")


def map_of_modules(w):
    size, name = feature(w), w.name("by_name")
    w.member(f"std::map<std::string, {layer_type(w)}> {name}")
    for key in w.pick(("x", "y"), ("left", "right", "middle")):
        w.construct(f'{name}.insert({{"{key}", {layer(w, size, w.off(size))}}});')
    w.construct(f"for (auto &entry : {name}) register_module(entry.first, entry.second);")
    w.say(f"for (auto &[key, module] : {name})")
    w.say(f"  x = x + module->forward({w.pick('x', 'torch::tanh(x)')});")


def optional_and_tuple(w):
    """A helper that returns a tuple, and an optional tensor that is there or not."""
    helper, given = w.name("parts"), w.chance(0.5)
    ns = w.pick("std", "c10")
    w.helpers += [f"inline std::tuple<torch::Tensor, {ns}::optional<torch::Tensor>> {helper}("
                  "torch::Tensor x, bool both) {",
                  f"  if (!both) return {{torch::relu(x), {ns}::nullopt}};",
                  f"  return std::make_tuple(torch::relu(x), {ns}::optional<torch::Tensor>(-x));", "}"]
    value = "true" if given else "false"
    if w.chance(0.5):
        name = w.name("first")
        w.say(f"auto [{name}, {name}_rest] = {helper}(x, {value});")
        w.say(f"x = {name}_rest.has_value() ? {name} + *{name}_rest : {name};")
    else:
        name = w.name("rest")
        w.say(f"{ns}::optional<torch::Tensor> {name};")
        w.say(f"std::tie(x, {name}) = {helper}(x, {value});")
        w.say(f"if ({name}) x = x + {name}.value();")


def helper_template(w):
    """A function template over the layer's type, with defaults."""
    size, name, helper = feature(w), w.name("made"), w.name("make")
    w.helpers += [f"template <class Activation = torch::nn::ReLU>",
                  f"torch::nn::Sequential {helper}(int64_t in, int64_t out, int depth = 2) {{",
                  "  torch::nn::Sequential s;",
                  "  for (int i = 0; i < depth; ++i) {",
                  f"    s->push_back({layer(w, 'i == 0 ? in : out', 'out')});",
                  "    s->push_back(Activation());", "  }", "  return s;", "}"]
    out = w.pick(4, 6)
    activation = w.pick("<>", "", "<torch::nn::Sigmoid>", "<torch::nn::GELU>")
    w.member(f"torch::nn::Sequential {name}{{nullptr}}")
    depth = w.pick("", ", 1", ", 3")
    w.construct(f'{name} = register_module("{name}", {helper}{activation}({w.off(size)}, {out}{depth}));')
    w.say(f"x = {name}->forward(x);")
    set_feature(w, out)


def inheritance(w):
    """An abstract base with a virtual step, called through a pointer to the base."""
    size, base, name = feature(w), unique(w, "base"), w.name("derived")
    w.helpers += [f"struct {base} : torch::nn::Module {{",
                  f"  {layer_type(w)} main{{nullptr}};",
                  f"  explicit {base}(int64_t n) {{ main = register_module(\"main\", {layer(w, 'n', 'n')}); }}",
                  "  virtual torch::Tensor step(torch::Tensor x) { return main->forward(x); }",
                  "  torch::Tensor forward(torch::Tensor x) { return step(x) + x; }",
                  f"  virtual ~{base}() = default;", "};",
                  f"struct {base}A : {base} {{",
                  f"  explicit {base}A(int64_t n) : {base}(n) {{}}",
                  f"  torch::Tensor step(torch::Tensor x) override {{ return torch::relu({base}::step(x)); }}",
                  "};",
                  f"struct {base}B : {base} {{", f"  using {base}::{base};",
                  f"  {layer_type(w)} second = register_module(\"second\", {layer(w, size, size)});",
                  "  torch::Tensor step(torch::Tensor x) override { return second->forward(main->forward(x)); }",
                  "};"]
    derived = base + w.pick("A", "B")
    w.member(f"std::shared_ptr<{base}> {name}")
    w.construct(f'{name} = register_module("{name}", std::static_pointer_cast<{base}>('
                f"std::make_shared<{derived}>({w.off(size)})));")
    w.say(f"x = {name}->forward(x);")


def functional_module(w):
    size, name = feature(w), w.name("seq")
    w.member(f"torch::nn::Sequential {name}{{nullptr}}")
    function = w.pick("torch::relu", "torch::leaky_relu, 0.2",
                      "[](torch::Tensor t) { return t * 2 + 1; }",
                      "[](torch::Tensor t) { return torch::clamp_max(t, 1); }")
    w.construct(f'{name} = register_module("{name}", torch::nn::Sequential('
                f"{layer(w, size, w.off(size))}, torch::nn::Functional({function})));")
    w.say(f"x = {name}->forward(x);")


def any_module(w):
    size, name = feature(w), w.name("any")
    w.member(f"torch::nn::AnyModule {name}")
    w.construct(f"{name} = torch::nn::AnyModule({layer(w, size, w.off(size))});")
    w.construct(f'register_module("{name}", {name}.ptr());')
    w.say(f"x = {name}.forward(x);" if w.chance(0.5) else
          f"x = {name}.forward<torch::Tensor>(x);")


def rewritten_options(w):
    """Options changed after the layer was made."""
    size, name, out = feature(w), w.name("late"), w.pick(4, 6)
    if w.rank != 4:
        return functional_module(w)
    w.member(f"torch::nn::Conv2d {name}{{nullptr}}")
    w.construct(f"auto {name}_options = torch::nn::Conv2dOptions({w.off(size)}, {out}, 3);")
    w.construct(f"{name}_options.padding(1);")
    w.construct(f"if ({name}_options.in_channels() > 2) {name}_options = {name}_options.bias(false);")
    w.construct(f'{name} = register_module("{name}", torch::nn::Conv2d({name}_options));')
    if w.chance(0.6):
        w.construct(f"{name}->options.stride({w.pick(1, 2)}).padding(1);"
                    if w.chance(0.5) else f"{name}->options.padding({{1, 1}});")
    w.say(f"x = {name}->forward(x);")
    w.say(f"x = x.index({{torch::indexing::Ellipsis}});" if w.chance(0.3) else "x = torch::relu(x);")
    w.shape = [w.shape[0], out, *w.shape[2:]]
    w.say("x = torch::adaptive_avg_pool2d(x, {4, 4});")
    w.shape[2:] = [4, 4]


def shared_module(w):
    """One module under two names: parameters count once, calls twice."""
    size, name = feature(w), w.name("shared")
    w.member(f"{layer_type(w)} {name}{{nullptr}}, {name}_again{{nullptr}}")
    w.construct(f'{name} = register_module("{name}", {layer(w, size, w.off(size))});')
    w.construct(f"{name}_again = {name};")
    if w.chance(0.6):
        w.construct(f'register_module("{name}_again", {name}_again);')
    w.say(f"x = {name}_again->forward({name}->forward(x));")


def children_loop(w):
    size, name = feature(w), w.name("stack")
    w.member(f"torch::nn::Sequential {name}{{nullptr}}")
    w.construct(f'{name} = register_module("{name}", torch::nn::Sequential('
                f"{layer(w, size, w.off(size))}, torch::nn::ReLU(), {layer(w, size, size)}));")
    if w.chance(0.5):
        w.say(f"for (const auto &child : {name}->children()) {{")
    else:
        w.say(f"for (const auto &item : {name}->named_children()) {{")
        w.say("  const auto &child = item.value();")
    w.say(f"  if (auto *m = child->as<{layer_type(w)}>()) x = m->forward(x);")
    w.say("  else x = torch::relu(x);")
    w.say("}")


def lambdas(w):
    size, name = feature(w), w.name("twice")
    _, call = w.module(layer_type(w).rsplit("::", 1)[1],
                       f"torch::nn::Conv2dOptions({size}, {w.off(size)}, 1)" if w.rank == 4
                       else f"{size}, {w.off(size)}", "inner")
    if w.chance(0.5):
        w.say(f"auto {name} = [this](const torch::Tensor &t) {{ return torch::relu({call}(t)); }};")
    else:
        w.say(f"std::function<torch::Tensor(torch::Tensor)> {name} = "
              f"[&](torch::Tensor t) {{ return {call}(t) * 0.5; }};")
    w.say(f"x = {name}({name}(x));")


def in_place(w):
    w.say(w.pick("x.mul_(2).add_(1);", "x = torch::relu(x).sub_(0.5);", "x.clamp_(-2, 2);",
                 "x.relu_();", "x = x.clone(); x.zero_();", "x /= 2; x -= 1;",
                 "torch::NoGradGuard guard; x = x.detach();"))


def buffers(w):
    size, name = feature(w), w.name("scale")
    shape = f"{{1, {w.off(size)}, 1, 1}}" if w.rank == 4 else f"{{{w.off(size)}}}"
    w.member(f"torch::Tensor {name}")
    made = w.pick(f"torch::ones({shape})", f"torch::full({shape}, 0.5)", f"torch::zeros({shape}) + 1")
    w.construct(f'{name} = register_buffer("{name}", {made});')
    w.say(w.pick(f"x = x * {name};", f"x = torch::mul(x, {name});", f"x = x / ({name} + 1e-5);"))


def arrays_and_switch(w):
    """A switch, std::array, ternaries and a while loop decide the layer's width."""
    size, name = feature(w), w.name("mode")
    mode = w.pick(0, 1, 2)
    widths = [4, 6, size]
    w.construct(f"const std::array<int64_t, 3> {name}_widths{{4, 6, {size}}};")
    w.construct(f"int64_t {name}_width = 0;")
    w.construct(f"switch ({mode}) {{")
    w.construct(f"case 0: {name}_width = {name}_widths[0]; break;")
    w.construct(f"case 1: {name}_width = {name}_widths.at(1); break;")
    w.construct(f"default: {name}_width = {name}_widths.back();")
    w.construct("}")
    w.construct(f"int {name}_count = 0;")
    w.construct(f"while ({name}_count * 2 < {name}_width) ++{name}_count;")
    member = w.name("decided")
    w.member(f"{layer_type(w)} {member}{{nullptr}}")
    w.construct(f'{member} = register_module("{member}", '
                f"{layer(w, w.off(size), f'{name}_count > 0 ? {name}_width : 1')});")
    w.say(f"x = {member}->forward(x);")
    set_feature(w, widths[mode])


CONSTRUCT_STEPS = [(step, 1) for step in (
    config_struct, module_dict, map_of_modules, optional_and_tuple, helper_template, inheritance,
    functional_module, any_module, rewritten_options, shared_module, children_loop, lambdas,
    in_place, buffers, arrays_and_switch)]


# --- sequences only, N x T x D

def einsum(w):
    n, time, depth = w.shape
    form = w.rng.randrange(3)
    if form == 0:
        w.say("x = torch::einsum(\"btd,bsd->bts\", {x, x}).softmax(-1).matmul(x);")
        return
    name, out = w.name("weight"), w.pick(4, 6)
    w.member(f"torch::Tensor {name}")
    w.construct(f'{name} = register_parameter("{name}", torch::randn({{{w.off(depth)}, {out}}}));')
    w.say(f'x = torch::einsum("{w.pick("btd,de->bte", "...d,de->...e")}", {{x, {name}}});')
    w.shape[2] = out


def multihead(w):
    n, time, depth = w.shape
    heads = 2 if depth % 2 == 0 or w.chance(w.wrong) else 1
    name, _ = w.module("MultiheadAttention",
                       f"torch::nn::MultiheadAttentionOptions({w.off(depth)}, {heads})", "attn")
    w.say("x = x.transpose(0, 1);")
    if w.chance(0.5):
        w.say(f"x = std::get<0>({name}->forward(x, x, x));")
    else:
        mixed = w.name("mixed")
        w.say(f"auto [{mixed}, {mixed}_weights] = {name}->forward(x, x, x);")
        w.say(f"x = x + {mixed};")
    w.say("x = x.transpose(0, 1).contiguous();")


def transformer(w):
    n, time, depth = w.shape
    heads = 2 if depth % 2 == 0 else 1
    options = (f"torch::nn::TransformerEncoderLayerOptions({w.off(depth)}, {heads})"
               f".dim_feedforward({w.pick(16, 20)})")
    if w.chance(0.3):
        options += ".activation(torch::kGELU)"
    if w.chance(0.5):
        name, _ = w.module("TransformerEncoderLayer", options, "encoder")
    else:
        name, _ = w.module("TransformerEncoder",
                           f"torch::nn::TransformerEncoderOptions({options}, {w.pick(1, 2)})", "encoder")
    w.say(f"x = {name}->forward(x.transpose(0, 1)).transpose(0, 1);")


def state_of_rnn(w):
    n, time, depth = w.shape
    hidden = w.pick(4, 6)
    kind = w.pick("LSTM", "GRU")
    name, _ = w.module(kind, f"torch::nn::{kind}Options({w.off(depth)}, {hidden}).batch_first(true)", "rnn")
    if kind == "LSTM":
        w.say(f"auto {name}_h = torch::zeros({{1, x.size(0), {hidden}}});")
        w.say(f"auto {name}_r = {name}->forward(x, std::make_tuple({name}_h, {name}_h.clone()));")
        w.say(f"x = std::get<0>(std::get<1>({name}_r)).permute({{1, 0, 2}}) + std::get<0>({name}_r);")
    else:
        w.say(f"torch::Tensor {name}_out, {name}_h;")
        w.say(f"std::tie({name}_out, {name}_h) = {name}->forward(x);")
        w.say(f"x = {name}_out + {name}_h.transpose(0, 1);")
    w.shape[2] = hidden


def indexing(w):
    n, time, depth = w.shape
    form = w.rng.randrange(5)
    w.say("{")
    w.say("  using namespace torch::indexing;")
    if form == 0:
        w.say("  x = x.index({Ellipsis, Slice(None, None, 2)});")
        w.shape[2] = (depth + 1) // 2
    elif form == 1:
        w.say("  x = x.index({Slice(), None, Slice(1, None)}).squeeze(1);")
        w.shape[1] = max(0, time - 1)
    elif form == 2:
        w.say("  x = x.index({Slice(), torch::arange(0, x.size(1), 2)});")
        w.shape[1] = (time + 1) // 2
    elif form == 3:
        w.say("  x = x + x.index({Slice(), -1}).unsqueeze(1);")
    else:
        w.say("  x = x.clone();")
        w.say("  x.index_put_({Slice(), 0}, 0);")
    w.say("}")


SEQUENCE_CONSTRUCTS = [(einsum, 2), (multihead, 2), (transformer, 2), (state_of_rnn, 2), (indexing, 2)]
