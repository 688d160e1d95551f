"""What every generated model is made of: members, constructor, forward, the shape
that forward's `x` should have now, and the random choices. Shapes here only steer
the generator towards models that mostly run; LibTorch alone says what is right.
"""
import math

COMMENT_INPUT = 0.3  # how often the input stands in a comment, not at a call


class Writer:
    def __init__(self, rng, wrong):
        self.rng = rng
        self.wrong = wrong  # how often a number is deliberately off
        self.members, self.ctor, self.forward_lines, self.helpers = [], [], [], []
        self.shape, self.dtype = [], "float32"
        self.counter = 0
        self.indent = 1

    # --- random choices
    def pick(self, *options):
        return self.rng.choice(options)

    def chance(self, probability):
        return self.rng.random() < probability

    def off(self, value):
        """The value, or rarely one that is likely not to fit."""
        if not self.chance(self.wrong):
            return value
        return max(0, value + self.pick(-1, 1, 2, value))

    # --- text
    def name(self, stem):
        self.counter += 1
        return f"{stem}{self.counter}"

    def say(self, line):
        self.forward_lines.append("  " * self.indent + line)

    def member(self, declaration):
        self.members.append("  " + declaration + ";")

    def construct(self, line):
        self.ctor.append("    " + line)

    def number(self, value):
        """An integer as people write it: a literal or simple arithmetic."""
        if value > 3 and self.chance(0.15):
            if value % 2 == 0:
                return f"{value // 2} * 2"
            return f"{value - 1} + 1"
        if value > 0 and self.chance(0.06):
            return f"static_cast<int64_t>(std::floor({value}.5))"
        return str(value)

    def module(self, kind, arguments, stem=None):
        """A registered module member in one of the usual forms; returns its name."""
        name = self.name(stem or kind.lower())
        form = self.rng.randrange(4)
        full = f"torch::nn::{kind}"
        if form == 0:
            self.member(f"{full} {name}{{nullptr}}")
            self.construct(f'{name} = register_module("{name}", {full}({arguments}));')
        elif form == 1:
            self.member(f"{full} {name}{{nullptr}}")
            self.construct(f"{name} = {full}({arguments});")
            self.construct(f'register_module("{name}", {name});')
        elif form == 2:
            self.member(f'{full} {name} = register_module("{name}", {full}({arguments}))')
        else:
            self.member(f"std::shared_ptr<{full}Impl> {name}")
            self.construct(f"{name} = std::make_shared<{full}Impl>({arguments});")
            self.construct(f'register_module("{name}", {name});')
            return name, f"{name}->forward"
        return name, self.pick(f"{name}->forward", name)

    def apply(self, kind, arguments, stem=None):
        _, call = self.module(kind, arguments, stem)
        self.say(f"x = {call}(x);")

    # --- shapes
    @property
    def rank(self):
        return len(self.shape)

    def elements(self):
        return math.prod(self.shape)

    def source(self, name):
        lines = [f"namespace {name} {{", *self.helpers]
        comment = self.chance(COMMENT_INPUT)
        lines += [f"// clang-energy: input({self.input_spec})"] if comment else []
        lines += ["struct NetImpl : torch::nn::Module {", *self.members, "  NetImpl() {",
                  *self.ctor, "  }", "  torch::Tensor forward(torch::Tensor x) {",
                  *["  " + line for line in self.forward_lines], "    return x;", "  }", "};",
                  "TORCH_MODULE(Net);", *([] if comment else self.call_site()),
                  f"}} // namespace {name}", ""]
        return "\n".join(lines)

    def call_site(self):
        """A function that runs the model: where the analyzer finds its input."""
        sizes = ", ".join(map(str, self.first_shape))
        tensor = (f"torch::randn({{{sizes}}})" if self.first_dtype == "float32" else
                  self.pick(f"torch::zeros({{{sizes}}}, torch::kLong)",
                            f"torch::randint(0, 20, {{{sizes}}}, torch::kLong)"))
        form = self.rng.randrange(3)
        body = {0: [f"return Net()->forward({tensor});"],
                1: ["Net net;", "net->eval();", f"auto x = {tensor};", "return net->forward(x);"],
                2: ["auto net = std::make_shared<NetImpl>();",
                    f"torch::Tensor input = {tensor};", "return net->forward(input);"]}[form]
        return ["torch::Tensor run() {", *["  " + line for line in body], "}"]

    def begin(self, shape, dtype="float32"):
        self.shape, self.dtype = list(shape), dtype
        self.first_shape, self.first_dtype = shape, dtype
        self.input_spec = "x".join(map(str, shape)) + ("" if dtype == "float32" else f":{dtype}")


def window(size, kernel, stride, padding, dilation=1):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
