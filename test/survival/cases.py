"""Programs that an analyzer must survive. Each case: C++ text (made here when it
is long), the exit statuses that are right, and what the messages must say."""

HEAD = "#include <torch/torch.h>\n#include <functional>\n#include <string>\n#include <vector>\n"


def net(constructor, forward="return x;", members="", outside=""):
    return f"""{HEAD}{outside}
struct NetImpl : torch::nn::Module {{
  NetImpl() {{ {constructor} }}
  torch::Tensor forward(torch::Tensor x) {{ {forward} }}
  {members}
}};
TORCH_MODULE(Net);
"""


FC = 'torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4, 4))};'

# name: (source, exit statuses, text that must be in the report or the messages)
CASES = {
    "endless_loop": (net("", "while (true) x = fc(x); return x;", FC), (0, 3), "more than"),
    "endless_for_without_calls": (net("for (long i = 0;; ++i) n += i;", members="long n = 0;" + FC,
                                      forward="return fc(x);"), (0, 3), "more than"),
    "huge_loop": (net("for (long i = 0; i < 1000000000000L; ++i) n += i;",
                      members="long n = 0;" + FC, forward="return fc(x);"), (0, 3), "more than"),
    "endless_recursion": (net("", "return f(x);", FC + "torch::Tensor f(torch::Tensor x) "
                              "{ return g(x); } torch::Tensor g(torch::Tensor x) { return f(x); }"),
                          (0, 3), "deep"),
    "recursive_constructor": (
        net("inner = std::make_shared<OtherImpl>(0);", "return inner->forward(x);",
            "std::shared_ptr<OtherImpl> inner;",
            "struct OtherImpl : torch::nn::Module { std::shared_ptr<OtherImpl> next;\n"
            "  OtherImpl(int n) { next = register_module(\"next\", std::make_shared<OtherImpl>(n + 1)); }\n"
            "  torch::Tensor forward(torch::Tensor x) { return x; } };\n"), (0, 3), "deep"),
    "million_element_vector": (
        net("std::vector<int> v(1000000, 3); for (int w : v) s += w; "
            'fc = register_module("fc", torch::nn::Linear(4, s));', "return fc(x);",
            "long s = 0; torch::nn::Linear fc{nullptr};"), (0, 3), None),
    "vector_of_impossible_size": (net("std::vector<int> v(1L << 60); n = v.size();",
                                      "return fc(x);", "long n = 0;" + FC), (0, 3), None),
    "million_element_literal": (
        HEAD + "const int kTable[] = {" + "7," * 1000000 + "};\n"
        + net("", "return fc(x) * kTable[999999];", FC).replace(HEAD, ""), (0, 3), None),
    "string_that_doubles": (net("std::string s = \"x\"; for (int i = 0; i < 200; ++i) s += s;",
                                "return fc(x);", FC), (0, 3), "grows beyond"),
    "deep_parentheses": (net("n = " + "(" * 20000 + "1" + ")" * 20000 + ";", "return fc(x);",
                             "int n;" + FC), (0, 3), None),
    "deep_blocks": (net("{" * 5000 + "}" * 5000, "return fc(x);", FC), (0, 3), None),
    "long_sum": (net("n = " + "1 + " * 30000 + "1;", "return fc(x);", "int n;" + FC), (0, 3), None),
    "huge_layer": (net("", "return fc(x);", 'torch::nn::Linear fc{register_module("fc", '
                       "torch::nn::Linear(3000000000L, 3000000000L))};"), (0, 1, 3), None),
    "integer_overflow": (net("long n = 9223372036854775807L; n = n * n + 1; m = n / 0;",
                             "return fc(x);", "long m;" + FC), (0, 3), None),
    "negative_sizes": (net("", "return fc(x);", 'torch::nn::Linear fc{register_module("fc", '
                           "torch::nn::Linear(-4, -9))};"), (0, 1, 3), None),
    "module_that_holds_itself": (
        net('register_module("self", shared_from_this());', "return fc(x);", FC), (0, 1, 3), None),
    "cyclic_modules": (
        net("a = std::make_shared<NodeImpl>(); b = std::make_shared<NodeImpl>(); a->next = b; "
            'b->next = a; a->register_module("b", b); b->register_module("a", a); '
            'register_module("a", a);', "return a->forward(x);",
            "std::shared_ptr<NodeImpl> a, b;",
            "struct NodeImpl : torch::nn::Module { std::shared_ptr<NodeImpl> next;\n"
            "  torch::Tensor forward(torch::Tensor x) { return next->forward(x); } };\n"),
        (0, 1, 3), "deep"),
    "self_referring_lambda": (
        net("", "std::function<torch::Tensor(torch::Tensor)> f = [&](torch::Tensor t) "
            "{ return f(fc(t)); }; return f(x);", FC), (0, 3), "'f'"),
    "many_layers": (net("for (int i = 0; i < 20000; ++i) "
                        "seq->push_back(torch::nn::Linear(4, 4));", "return seq->forward(x);",
                        'torch::nn::Sequential seq{register_module("seq", torch::nn::Sequential())};'),
                    (0, 3), None),
    "null_module": (net("", "return fc(x);", "torch::nn::Linear fc{nullptr};"), (0, 1, 3), None),
    "index_out_of_range": (net("std::vector<int> v{1, 2}; n = v[7] + v.at(9) + v[-1];",
                               "return fc(x);", "int n;" + FC), (0, 1, 3), None),
    "broken_braces": (net("{{{{ if (", "return fc(x);", FC), (0, 3), "error"),
    "broken_class": (HEAD + "struct Net : torch::nn::Module { torch::Tensor forward(torch::Tensor x)"
                     " { return x.relu( ; }\nint y = ;", (0, 3), "error"),
    "unknown_types": (net("Unknown<int> u(3); helper(u);", "return missing(fc(x), Other::z);", FC),
                      (0, 3), None),
    "missing_header": ("#include <no/such/header.hpp>\n" + net("", "return fc(x);", FC), (0, 3),
                       "no/such/header.hpp"),
    "not_cpp": ("\x7fELF\x00\x01\x02" + "\xff" * 2000, (0, 3), None),
    "empty": ("", (0, 3), None),
    "template_bomb": (
        "template <int N> struct T { static constexpr long v = T<N - 1>::v + T<N - 2>::v; };\n"
        + net("n = T<100000>::v;", "return fc(x);", "long n;" + FC), (0, 3), None),
    "include_itself": ('#include "include_itself.cpp"\n' + net("", "return fc(x);", FC), (0, 3), None),
    "throwing_constructor": (net('throw std::runtime_error("no");', "return fc(x);", FC),
                             (0, 1, 3), None),
    "main_that_deletes": (net("std::system(\"touch survival-was-executed\");", "return fc(x);", FC,
                              "#include <cstdlib>\n"), (0, 3), None),
}
