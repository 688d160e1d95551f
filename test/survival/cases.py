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
    "name_that_grows": (
        net(
            'torch::serialize::InputArchive a; a.load_from("sizes"); std::string name = "conv_";\n'
            "std::vector<long> sizes; size_t n = sizes.size() - 1;\n"
            "for (long i = 0; i != n; i++) { auto *c = new torch::nn::Conv2d(sizes[i], sizes[i + 1], 3);\n"
            "list->push_back(*c); register_module(name.append(std::to_string(i)), *c); }",
            "for (auto &m : *list) x = m->as<torch::nn::Conv2d>()->forward(x); return fc(x);",
            "torch::nn::ModuleList list;" + FC), (0, 3), "longer than"),
    "push_back_without_end": (net("while (true) v.push_back(7);", "return fc(x);",
                                  "std::vector<int> v;" + FC), (0, 3), "more than"),
    "push_back_under_unknown_condition": (
        net('if (std::getenv("HOME")) for (int i = 0; i < 100000; ++i) v.push_back(i);',
            "return fc(x);", "std::vector<int> v;" + FC, "#include <cstdlib>\n"), (0, 3), None),
    "lists_of_lists": (
        net("std::vector<std::vector<std::vector<int>>> v(3000, std::vector<std::vector<int>>(3000, "
            "std::vector<int>(3000))); n = v.size();", "return fc(x);", "long n = 0;" + FC),
        (0, 3), "bytes"),
    "copies_of_a_list": (net("std::vector<int> big(200000, 1); for (int i = 0; i < 100000; ++i) "
                             "{ auto w = big; n += w.size(); }", "return fc(x);",
                             "long n = 0;" + FC), (0, 3), "more than"),
    "sorting_without_end": (net("std::vector<int> big(200000, 1); for (int i = 0; i < 100000; ++i) "
                                "n += *std::max_element(big.begin(), big.end());", "return fc(x);",
                                "long n = 0;" + FC, "#include <algorithm>\n"), (0, 3), "more than"),
    "model_that_every_input_costs_much": (
        net("", "for (int i = 0; i < 150000; ++i) n += i; return conv(x).view({7, 11, 13});",
            'long n = 0; torch::nn::Conv2d conv{register_module("conv", '
            "torch::nn::Conv2d(3, 8, 3))};"), (0, 1, 3), None),
    "modules_in_modules": (
        net('for (int i = 0; i < 300; ++i) { auto next = torch::nn::Sequential(); '
            'inner->push_back(std::string(900, 0x61), next); inner = next; } '
            'for (int i = 0; i < 40000; ++i) inner->push_back(torch::nn::ReLU());',
            "return outer->forward(x);",
            'torch::nn::Sequential outer{register_module("outer", torch::nn::Sequential())}; '
            "torch::nn::Sequential inner{outer};"), (0, 3), None),
    "endless_lstm": (net("", "return std::get<0>(l(x));", 'torch::nn::LSTM l{register_module("l", '
                         "torch::nn::LSTM(torch::nn::LSTMOptions(4, 4).num_layers(2000000000)))};"),
                     (0, 1, 3), None),
    "huge_rank": (net("", "return x.expand(std::vector<int64_t>(200000, 1)).sum();", FC),
                  (0, 1, 3), None),
    "recursive_forwards": (
        net("a = std::make_shared<AImpl>(); b = std::make_shared<BImpl>(); a->b = b.get(); "
            'b->a = a.get(); register_module("a", a); register_module("b", b);',
            "return a->forward(x);", "std::shared_ptr<AImpl> a; std::shared_ptr<BImpl> b;",
            "struct BImpl; struct AImpl : torch::nn::Module { BImpl *b = nullptr; "
            "torch::Tensor forward(torch::Tensor x); };\n"
            "struct BImpl : torch::nn::Module { AImpl *a = nullptr; "
            "torch::Tensor forward(torch::Tensor x) { return a->forward(x + 1) + a->forward(x); } };\n"
            "torch::Tensor AImpl::forward(torch::Tensor x) { return b->forward(x) + b->forward(x); }\n"),
        (0, 3), "deep"),
    "exponential_recursion": (
        net("", "return f(x, 60);", FC + "torch::Tensor f(torch::Tensor x, int n) "
            "{ return n < 2 ? fc(x) : f(x, n - 1) + f(x, n - 2); }"), (0, 3), "more than"),
    "exponential_branches": (
        net("", "\n".join("if (x.sum().item<float>() > %d) x = fc(x); else x = fc(x) * 2;" % i
                          for i in range(300)) + " return x;", FC), (0, 3), None),
    "nested_unknown_branches": (
        net("", "return f(x, 40);", FC + "torch::Tensor f(torch::Tensor x, int n) { if (n == 0) "
            "return x; if (x.sum().item<float>() > n) return f(fc(x), n - 1); "
            "return f(x * 2, n - 1); }"), (0, 3), None),
    "template_recursion": (
        "template <int N> struct R : R<N + 1> {};\n"
        + net("R<0> r; (void)r;", "return fc(x);", FC), (0, 3), "error"),
    "constexpr_loop": (
        net("n = spin(1L << 60);", "return fc(x);", "long n;" + FC,
            "constexpr long spin(long n) { long s = 0; for (long i = 0; i < n; ++i) s += i; return s; }\n"
            "constexpr long spun = spin(1L << 40);\n"), (0, 3), None),
    "deep_inheritance": (
        net("", "return fc(x);", "L2000 deepest;" + FC, "struct L0 { int n = 0; };\n"
            + "".join(f"struct L{i} : L{i - 1} {{}};\n" for i in range(1, 2001))), (0, 3), None),
    "deep_module_inheritance": (
        HEAD + "struct L0 : torch::nn::Module { " + FC + " torch::Tensor forward(torch::Tensor x) "
        "{ return fc(x); } };\n" + "".join(f"struct L{i} : L{i - 1} {{}};\n" for i in range(1, 1001)),
        (0, 3), None),
    "long_initializer_list": (
        net("std::vector<int> v = {\n" + "1,\n" * 100000 + "1}; n = v.size();", "return fc(x);",
            "long n;" + FC), (0, 3), None),
    "ten_megabytes": (net("", "return fc(x);", FC)
                      + "".join(f"inline int f{i}(int x) {{ return x * {i}; }} // padding\n" for i in range(200000)),
                      (0, 3), None),
    "binary_garbage": ("".join(chr((i * 7919 + i * i // 3) % 256) for i in range(100000)), (0, 3), None),
    "null_bytes": (net("", "return fc(x);", FC).replace("return fc", "return \0\0fc"), (0, 3), None),
    "unterminated_comment": (net("", "return fc(x); /*", FC), (0, 3), "error"),
    "macro_bomb": ("#define A0 x x x x x x x x x x\n"
                   + "".join("#define A%d %s\n" % (i, f"A{i - 1} " * 10) for i in range(1, 7))
                   + net("", "return fc(x);", FC) + "int y = A6;\n", (0, 3), "error"),
    "many_module_classes": (
        HEAD + "".join(f"struct M{i} : torch::nn::Module {{ {FC} torch::Tensor forward(torch::Tensor x) "
                       "{ return fc(x); } };\n" for i in range(400)), (0, 3), None),
    "many_endless_models": (
        HEAD + "".join(f"struct M{i} : torch::nn::Module {{ {FC} torch::Tensor forward(torch::Tensor x) "
                       "{ while (true) x = fc(x); } };\n" for i in range(8)), (0, 3), "more than"),
}
