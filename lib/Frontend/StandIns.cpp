#include "Frontend/StandIns.h"

namespace energy::frontend {
namespace {

constexpr StandIn Table[] = {
    {"boost/program_options.hpp", R"cpp(
#pragma once
#include <iosfwd>
#include <map>
#include <string>
#include <vector>
namespace boost { namespace program_options {
class variable_value {
public:
  template <class T> const T &as() const;
  template <class T> T &as();
  bool empty() const;
  bool defaulted() const;
};
class variables_map {
public:
  const variable_value &operator[](const std::string &Name) const;
  const variable_value &at(const std::string &Name) const;
  std::size_t count(const std::string &Name) const;
  std::size_t size() const;
  bool empty() const;
  void notify();
  void clear();
};
class value_semantic {};
template <class T> class typed_value : public value_semantic {
public:
  typed_value *default_value(const T &Value);
  typed_value *default_value(const T &Value, const std::string &Text);
  typed_value *implicit_value(const T &Value);
  typed_value *implicit_value(const T &Value, const std::string &Text);
  typed_value *value_name(const std::string &Name);
  typed_value *required();
  typed_value *multitoken();
  typed_value *composing();
  typed_value *zero_tokens();
  template <class F> typed_value *notifier(F Function);
};
template <class T> typed_value<T> *value();
template <class T> typed_value<T> *value(T *Into);
typed_value<bool> *bool_switch();
typed_value<bool> *bool_switch(bool *Into);
class options_description_easy_init {
public:
  options_description_easy_init &operator()(const char *Name, const char *Description);
  options_description_easy_init &operator()(const char *Name, const value_semantic *Value);
  options_description_easy_init &operator()(const char *Name, const value_semantic *Value,
                                            const char *Description);
};
class options_description {
public:
  options_description(unsigned LineLength = 80, unsigned MinDescription = 40);
  options_description(const std::string &Caption, unsigned LineLength = 80,
                      unsigned MinDescription = 40);
  options_description_easy_init add_options();
  options_description &add(const options_description &Other);
};
std::ostream &operator<<(std::ostream &Out, const options_description &Description);
class positional_options_description {
public:
  positional_options_description &add(const char *Name, int MaxCount);
};
class parsed_options {};
class command_line_parser {
public:
  command_line_parser(int Argc, const char *const *Argv);
  command_line_parser(const std::vector<std::string> &Words);
  command_line_parser &options(const options_description &Description);
  command_line_parser &positional(const positional_options_description &Description);
  command_line_parser &allow_unregistered();
  parsed_options run();
};
parsed_options parse_command_line(int Argc, const char *const *Argv,
                                  const options_description &Description, int Style = 0);
template <class File>
parsed_options parse_config_file(File &&Path, const options_description &Description,
                                 bool AllowUnregistered = false);
void store(const parsed_options &Options, variables_map &Map, bool Utf8 = false);
void notify(variables_map &Map);
class error : public std::exception {
public:
  const char *what() const noexcept override;
};
}} // namespace boost::program_options
)cpp"},
    {"cxxopts.hpp", R"cpp(
#pragma once
#include <memory>
#include <string>
#include <vector>
namespace cxxopts {
class OptionValue {
public:
  template <class T> const T &as() const;
  std::size_t count() const;
};
class ParseResult {
public:
  const OptionValue &operator[](const std::string &Name) const;
  std::size_t count(const std::string &Name) const;
};
class Value {
public:
  std::shared_ptr<Value> default_value(const std::string &Text);
  std::shared_ptr<Value> implicit_value(const std::string &Text);
};
template <class T> std::shared_ptr<Value> value();
template <class T> std::shared_ptr<Value> value(T &Into);
class OptionAdder {
public:
  OptionAdder &operator()(const std::string &Names, const std::string &Description,
                          const std::shared_ptr<const Value> &Default = nullptr,
                          std::string Help = "");
};
class Options {
public:
  explicit Options(std::string Program, std::string Help = "");
  OptionAdder add_options(std::string Group = "");
  template <class Argv> ParseResult parse(int Argc, Argv &&Words);
  Options &allow_unrecognised_options();
  Options &positional_help(std::string Text);
  Options &show_positional_help();
  void parse_positional(std::vector<std::string> Names);
  std::string help(const std::vector<std::string> &Groups = {}) const;
};
} // namespace cxxopts
)cpp"},
    {"argparse/argparse.hpp", R"cpp(
#pragma once
#include <optional>
#include <string>
#include <vector>
namespace argparse {
class Argument {
public:
  template <class T> Argument &default_value(T &&Value);
  template <class T> Argument &implicit_value(T &&Value);
  Argument &help(std::string Text);
  Argument &required();
  Argument &nargs(int Count);
  Argument &remaining();
  Argument &append();
  Argument &metavar(std::string Name);
  template <class F> Argument &action(F &&Function);
  template <char Shape, class T> Argument &scan();
};
class ArgumentParser {
public:
  explicit ArgumentParser(std::string Program = "", std::string Version = "1.0");
  template <class... Names> Argument &add_argument(Names... Options);
  void add_description(std::string Text);
  void add_epilog(std::string Text);
  void add_subparser(ArgumentParser &Other);
  void parse_args(int Argc, const char *const Argv[]);
  void parse_args(const std::vector<std::string> &Words);
  template <class T = std::string> T get(const std::string &Name) const;
  template <class T = std::string> std::optional<T> present(const std::string &Name) const;
  bool is_used(const std::string &Name) const;
  bool is_subcommand_used(const std::string &Name) const;
};
} // namespace argparse
)cpp"},
    {"gflags/gflags.h", R"cpp(
#pragma once
#include <cstdint>
#include <string>
#define DEFINE_bool(Name, Default, Text) bool FLAGS_##Name = Default
#define DEFINE_int32(Name, Default, Text) std::int32_t FLAGS_##Name = Default
#define DEFINE_int64(Name, Default, Text) std::int64_t FLAGS_##Name = Default
#define DEFINE_uint32(Name, Default, Text) std::uint32_t FLAGS_##Name = Default
#define DEFINE_uint64(Name, Default, Text) std::uint64_t FLAGS_##Name = Default
#define DEFINE_double(Name, Default, Text) double FLAGS_##Name = Default
#define DEFINE_string(Name, Default, Text) std::string FLAGS_##Name = Default
#define DECLARE_bool(Name) extern bool FLAGS_##Name
#define DECLARE_int32(Name) extern std::int32_t FLAGS_##Name
#define DECLARE_int64(Name) extern std::int64_t FLAGS_##Name
#define DECLARE_double(Name) extern double FLAGS_##Name
#define DECLARE_string(Name) extern std::string FLAGS_##Name
namespace gflags {
unsigned ParseCommandLineFlags(int *Argc, char ***Argv, bool Remove);
void SetUsageMessage(const std::string &Text);
void ShutDownCommandLineFlags();
} // namespace gflags
namespace google = gflags;
)cpp"},
    {"CLI/CLI.hpp", R"cpp(
#pragma once
#include <exception>
#include <string>
namespace CLI {
class Option {
public:
  Option *required(bool Value = true);
  template <class T> Option *default_val(const T &Value);
  Option *default_str(std::string Text);
  Option *capture_default_str();
  Option *expected(int Count);
  template <class T> Option *check(T &&Validator, std::string Name = "");
  template <class T> Option *transform(T &&Validator);
  Option *group(std::string Name);
  std::size_t count() const;
};
class ParseError : public std::exception {};
class App {
public:
  explicit App(std::string Description = "", std::string Name = "");
  template <class T>
  Option *add_option(std::string Name, T &Variable, std::string Description = "",
                     bool Defaulted = false);
  template <class T> Option *add_flag(std::string Name, T &Variable, std::string Description = "");
  Option *add_flag(std::string Name);
  App *add_subcommand(std::string Name = "", std::string Description = "");
  void parse(int Argc, const char *const *Argv);
  int exit(const ParseError &Error);
  std::size_t count(std::string Name) const;
};
struct Validator {};
struct Range : Validator {
  template <class T> Range(T Low, T High);
};
extern const Validator ExistingFile, ExistingDirectory, PositiveNumber, NonNegativeNumber;
} // namespace CLI
#define CLI11_PARSE(App, Argc, Argv) (App).parse((Argc), (Argv))
)cpp"},
    {"toml.hpp", R"cpp(
#pragma once
#include <cstdint>
#include <exception>
#include <istream>
#include <map>
#include <string>
#include <vector>
namespace toml {
class exception : public std::exception {};
class syntax_error : public exception {};
class type_error : public exception {};
struct type_config {};
template <class Config> class basic_value;
using value = basic_value<type_config>;
using array = std::vector<value>;
using table = std::map<std::string, value>;
template <class Config> class basic_value {
public:
  basic_value();
  basic_value(const basic_value &Other);
  basic_value &operator=(const basic_value &Other);
  bool contains(const std::string &Name) const;
  std::size_t count(const std::string &Name) const;
  std::size_t size() const;
  bool is_boolean() const;
  bool is_integer() const;
  bool is_floating() const;
  bool is_string() const;
  bool is_array() const;
  bool is_table() const;
  const bool &as_boolean() const;
  const std::int64_t &as_integer() const;
  const double &as_floating() const;
  const std::string &as_string() const;
  const std::vector<basic_value> &as_array() const;
  const std::map<std::string, basic_value> &as_table() const;
  template <class Key> const basic_value &at(const Key &Name) const;
  template <class Key> basic_value &operator[](const Key &Name);
  template <class Key> const basic_value &operator[](const Key &Name) const;
};
value parse(const std::string &Path);
value parse(std::istream &Text, const std::string &Name = "");
template <class Path> value parse(const Path &File);
value parse_str(const std::string &Text);
template <class Config, class... Keys>
const basic_value<Config> &find(const basic_value<Config> &V, const Keys &...Names);
template <class T, class... Keys> T find(const value &V, const Keys &...Names);
template <class T, class Key> T find_or(const value &V, const Key &Name, T Fallback);
template <class T> T get(const value &V);
} // namespace toml
)cpp"},
    {"yaml-cpp/yaml.h", R"cpp(
#pragma once
#include <cstddef>
#include <exception>
#include <istream>
#include <string>
#include <utility>
namespace YAML {
class Node;
namespace detail {
struct iterator_value;
class iterator_base {
public:
  iterator_value &operator*() const;
  iterator_value *operator->() const;
  iterator_base &operator++();
  iterator_base operator++(int);
  bool operator==(const iterator_base &Other) const;
  bool operator!=(const iterator_base &Other) const;
};
} // namespace detail
using iterator = detail::iterator_base;
using const_iterator = detail::iterator_base;
class Exception : public std::exception {};
class BadFile : public Exception {};
class ParserException : public Exception {};
class BadConversion : public Exception {};
class Node {
public:
  Node();
  Node(const Node &Other);
  template <class T> explicit Node(const T &Value);
  Node &operator=(const Node &Other);
  template <class T> Node &operator=(const T &Value);
  template <class T> T as() const;
  template <class T, class S> T as(const S &Fallback) const;
  template <class Key> Node operator[](const Key &Name);
  template <class Key> const Node operator[](const Key &Name) const;
  explicit operator bool() const;
  bool operator!() const;
  bool IsDefined() const;
  bool IsNull() const;
  bool IsScalar() const;
  bool IsSequence() const;
  bool IsMap() const;
  const std::string &Scalar() const;
  std::size_t size() const;
  iterator begin() const;
  iterator end() const;
};
namespace detail {
struct iterator_value : Node, std::pair<Node, Node> {};
} // namespace detail
Node Load(const std::string &Text);
Node Load(const char *Text);
Node Load(std::istream &Text);
Node LoadFile(const std::string &Path);
} // namespace YAML
)cpp"},
    {"nlohmann/json.hpp", R"cpp(
#pragma once
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <istream>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
namespace nlohmann {
class basic_json;
namespace detail {
class iter_impl {
public:
  basic_json &operator*() const;
  basic_json *operator->() const;
  iter_impl &operator++();
  iter_impl operator++(int);
  iter_impl &operator--();
  iter_impl operator+(std::ptrdiff_t N) const;
  bool operator==(const iter_impl &Other) const;
  bool operator!=(const iter_impl &Other) const;
  const std::string &key() const;
  basic_json &value() const;
};
class iteration_proxy_value {
public:
  const std::string &key() const;
  basic_json &value() const;
  template <std::size_t N> decltype(auto) get() const {
    if constexpr (N == 0)
      return key();
    else
      return value();
  }
};
class iteration_proxy {
public:
  struct iterator {
    iteration_proxy_value &operator*() const;
    iterator &operator++();
    bool operator!=(const iterator &Other) const;
  };
  iterator begin() const;
  iterator end() const;
};
template <class T, class = void> constexpr bool has_from_json = false;
template <class T>
constexpr bool has_from_json<T, decltype(from_json(std::declval<const basic_json &>(), std::declval<T &>()))> = true;
template <class T, class = void> constexpr bool is_container = false;
template <class T> constexpr bool is_container<T, std::void_t<typename T::value_type>> = true;
template <class A, class B> constexpr bool is_container<std::pair<A, B>, void> = true;
template <class T>
constexpr bool is_readable = std::is_arithmetic_v<T> || std::is_enum_v<T> || is_container<T> || has_from_json<T>;
} // namespace detail
class basic_json {
public:
  using iterator = detail::iter_impl;
  using const_iterator = detail::iter_impl;
  using initializer_list_t = std::initializer_list<basic_json>;
  class exception : public std::exception {};
  class parse_error : public exception {};
  class type_error : public exception {};
  class out_of_range : public exception {};

  basic_json(std::nullptr_t = nullptr);
  basic_json(const basic_json &Other);
  basic_json(basic_json &&Other) noexcept;
  basic_json(initializer_list_t Values);
  basic_json(const char *Text);
  template <class T, std::enable_if_t<!std::is_base_of_v<basic_json, std::decay_t<T>> &&
                                          !std::is_same_v<std::decay_t<T>, detail::iter_impl>, int> = 0>
  basic_json(T &&Value);
  basic_json &operator=(basic_json Other);

  template <class T> T get() const;
  template <class T> T &get_to(T &Into) const;
  template <class T> T get_ref() const;
  template <class T, std::enable_if_t<detail::is_readable<T> && !std::is_same_v<T, char> &&
                                          !std::is_same_v<T, std::initializer_list<char>> &&
                                          !std::is_same_v<T, std::string_view>, int> = 0>
  operator T() const;

  template <class Key> basic_json &operator[](const Key &Name);
  template <class Key> const basic_json &operator[](const Key &Name) const;
  template <class Key> basic_json &at(const Key &Name);
  template <class Key> const basic_json &at(const Key &Name) const;
  template <class T> T value(const std::string &Name, const T &Default) const;
  std::string value(const std::string &Name, const char *Default) const;
  bool contains(const std::string &Name) const;
  std::size_t count(const std::string &Name) const;
  iterator find(const std::string &Name) const;
  std::size_t size() const;
  bool empty() const;
  basic_json &front() const;
  basic_json &back() const;
  iterator begin() const;
  iterator end() const;
  iterator cbegin() const;
  iterator cend() const;
  detail::iteration_proxy items() const;

  void push_back(basic_json Value);
  template <class T> basic_json &emplace_back(T &&Value);
  template <class K, class T> void emplace(K &&Key, T &&Value);
  basic_json &operator+=(basic_json Value);
  void update(const basic_json &Other);
  std::size_t erase(const std::string &Name);

  bool is_null() const;
  bool is_boolean() const;
  bool is_number() const;
  bool is_number_integer() const;
  bool is_number_unsigned() const;
  bool is_number_float() const;
  bool is_string() const;
  bool is_array() const;
  bool is_object() const;
  bool is_structured() const;
  bool is_primitive() const;

  std::string dump(int Indent = -1) const;
  template <class T> static basic_json parse(T &&Text, std::nullptr_t = nullptr, bool Throws = true,
                                             bool Comments = false);
  template <class I> static basic_json parse(I First, I Last);
  static basic_json array(initializer_list_t Values = {});
  static basic_json object(initializer_list_t Values = {});

  friend std::istream &operator>>(std::istream &In, basic_json &J);
  friend std::ostream &operator<<(std::ostream &Out, const basic_json &J);
  friend bool operator==(const basic_json &A, const basic_json &B);
  friend bool operator!=(const basic_json &A, const basic_json &B);
  template <class T> friend std::enable_if_t<std::is_scalar_v<T>, bool> operator==(const basic_json &A, T B);
  template <class T> friend std::enable_if_t<std::is_scalar_v<T>, bool> operator!=(const basic_json &A, T B);
};
using json = basic_json;
} // namespace nlohmann
template <> struct std::tuple_size<nlohmann::detail::iteration_proxy_value> : std::integral_constant<std::size_t, 2> {};
template <std::size_t N> struct std::tuple_element<N, nlohmann::detail::iteration_proxy_value> {
  using type = decltype(std::declval<nlohmann::detail::iteration_proxy_value>().template get<N>());
};
)cpp"},
};

} // namespace

llvm::ArrayRef<StandIn> standIns() { return Table; }
llvm::StringRef standInDirectory() { return "/clang-energy/stand-ins"; }

} // namespace energy::frontend
