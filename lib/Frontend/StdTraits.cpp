#include "Frontend/StdTraits.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

namespace energy::frontend {
namespace {

struct Trait {
  llvm::StringLiteral Name, Value;
};

// Not those whose operator libstdc++ uses as a name (__is_void, __is_pointer, __is_scalar) or
// for which it depends on the mode (is_integral of __int128).
constexpr Trait OfOneType[] = {
    {"is_void", "__is_same(__remove_cv(_Tp), void)"},
    {"is_function", "__is_function(_Tp)"},
    {"is_reference", "__is_reference(_Tp)"},
    {"is_object", "__is_object(_Tp)"},
    {"is_member_object_pointer", "__is_member_object_pointer(_Tp)"},
    {"is_member_function_pointer", "__is_member_function_pointer(_Tp)"},
    {"is_member_pointer", "__is_member_pointer(_Tp)"},
    {"__is_array_unknown_bounds", "__is_unbounded_array(_Tp)"},
    {"is_destructible", "__is_destructible(_Tp)"},
    {"is_nothrow_destructible", "__is_nothrow_destructible(_Tp)"},
    {"is_trivially_destructible", "__is_trivially_destructible(_Tp)"},
    {"is_default_constructible", "__is_constructible(_Tp)"},
    {"is_copy_constructible", "__is_constructible(_Tp, __add_lvalue_reference(const _Tp))"},
    {"is_move_constructible", "__is_constructible(_Tp, __add_rvalue_reference(_Tp))"},
    {"is_nothrow_copy_constructible", "__is_nothrow_constructible(_Tp, __add_lvalue_reference(const _Tp))"},
    {"is_nothrow_move_constructible", "__is_nothrow_constructible(_Tp, __add_rvalue_reference(_Tp))"},
    {"is_trivially_copy_constructible", "__is_trivially_constructible(_Tp, __add_lvalue_reference(const _Tp))"},
    {"is_trivially_move_constructible", "__is_trivially_constructible(_Tp, __add_rvalue_reference(_Tp))"},
    {"is_copy_assignable", "__is_assignable(__add_lvalue_reference(_Tp), __add_lvalue_reference(const _Tp))"},
    {"is_move_assignable", "__is_assignable(__add_lvalue_reference(_Tp), __add_rvalue_reference(_Tp))"},
    {"is_nothrow_copy_assignable",
     "__is_nothrow_assignable(__add_lvalue_reference(_Tp), __add_lvalue_reference(const _Tp))"},
    {"is_nothrow_move_assignable", "__is_nothrow_assignable(__add_lvalue_reference(_Tp), __add_rvalue_reference(_Tp))"},
    {"is_trivially_copy_assignable",
     "__is_trivially_assignable(__add_lvalue_reference(_Tp), __add_lvalue_reference(const _Tp))"},
    {"is_trivially_move_assignable",
     "__is_trivially_assignable(__add_lvalue_reference(_Tp), __add_rvalue_reference(_Tp))"}};
constexpr Trait OfArguments[] = {{"is_constructible", "__is_constructible(_Tp, _Args...)"},
                                 {"is_nothrow_constructible", "__is_nothrow_constructible(_Tp, _Args...)"}};
constexpr Trait OfTwoTypes[] = {{"is_nothrow_assignable", "__is_nothrow_assignable(_Tp, _Up)"},
                                {"is_same", "__is_same(_Tp, _Up)"}};
constexpr Trait OfConversions[] = {{"is_convertible", "__is_convertible(_From, _To)"}};

/// Traits whose `type` an operator gives.
constexpr Trait Transformations[] = {{"remove_const", "__remove_const(_Tp)"},
                                     {"remove_volatile", "__remove_volatile(_Tp)"},
                                     {"remove_cv", "__remove_cv(_Tp)"},
                                     {"remove_reference", "__remove_reference_t(_Tp)"},
                                     {"remove_extent", "__remove_extent(_Tp)"},
                                     {"remove_all_extents", "__remove_all_extents(_Tp)"},
                                     {"remove_pointer", "__remove_pointer(_Tp)"},
                                     {"add_pointer", "__add_pointer(_Tp)"},
                                     {"add_lvalue_reference", "__add_lvalue_reference(_Tp)"},
                                     {"add_rvalue_reference", "__add_rvalue_reference(_Tp)"},
                                     {"decay", "__decay(_Tp)"}};

class Header {
  std::string Text;
  bool Changed = false;

  /// Replaces what stands between \p Begin and the next \p End.
  bool replaceAfter(const std::string &Begin, llvm::StringRef End, llvm::StringRef By) {
    size_t At = Text.find(Begin);
    size_t Stop = At == std::string::npos ? At : Text.find(End, At + Begin.size());
    if (Stop == std::string::npos)
      return false;
    Text.replace(At + Begin.size(), Stop - At - Begin.size(), By);
    return Changed = true;
  }

public:
  explicit Header(std::string Text) : Text(std::move(Text)) {}

  /// `template<typename _Tp> struct is_void : ...` and `is_void_v`.
  void define(const Trait &T, llvm::StringRef Parameters) {
    const std::string Head = ("  template<" + Parameters + ">\n    struct " + T.Name + "\n").str();
    for (llvm::StringRef Indent : {"    : ", "      : "})
      replaceAfter(Head + Indent.str(), "{", ("public integral_constant<bool, " + T.Value + ">\n    ").str());
    replaceAfter(("inline constexpr bool " + T.Name + "_v").str(), ";", (" = " + T.Value).str());
  }

  /// `decay_t` and `__decay_t`.
  void alias(const Trait &T) {
    const std::string Definition = (" = typename " + T.Name + "<_Tp>::type;").str();
    for (llvm::StringRef Prefix : {"using ", "using __"}) {
      const std::string Old = (Prefix + T.Name + "_t" + Definition).str();
      if (size_t At = Text.find(Old); At != std::string::npos) {
        Text.replace(At, Old.size(), (Prefix + T.Name + "_t = " + T.Value + ";").str());
        Changed = true;
      }
    }
  }

  void defineDecay() {
    replaceAfter("  template<typename _Tp>\n    class decay\n    {", "}", " public: using type = __decay(_Tp); ");
  }

  /// Assertions that arguments are complete; the operators say so themselves.
  void dropAssertions() {
    constexpr llvm::StringLiteral Begin = "static_assert(std::__is_complete_or_unbounded(__type_identity<", End = ");\n";
    std::string Kept;
    size_t From = 0;
    for (size_t At = Text.find(Begin); At != std::string::npos; At = Text.find(Begin, From)) {
      size_t Stop = Text.find(End, At);
      if (Stop == std::string::npos)
        break;
      Kept.append(Text, From, At - From);
      From = Stop + End.size() - 1;
    }
    Text = Kept.append(Text, From);
  }

  std::optional<std::string> take() { return Changed ? std::optional(std::move(Text)) : std::nullopt; }
};

} // namespace

std::optional<std::string> builtinTraits(std::string Text) {
  Header H(std::move(Text));
  for (const Trait &T : OfOneType)
    H.define(T, "typename _Tp");
  for (const Trait &T : OfArguments)
    H.define(T, "typename _Tp, typename... _Args");
  for (const Trait &T : OfTwoTypes)
    H.define(T, "typename _Tp, typename _Up");
  for (const Trait &T : OfConversions)
    H.define(T, "typename _From, typename _To");
  for (const Trait &T : Transformations)
    H.alias(T);
  H.defineDecay();
  H.dropAssertions();
  return H.take();
}

} // namespace energy::frontend
