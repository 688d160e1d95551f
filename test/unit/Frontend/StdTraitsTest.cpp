#include "Frontend/StdTraits.h"
#include "Frontend/ParsedUnit.h"
#include "Frontend/PchCache.h"
#include "TempTree.h"
#include "clang/AST/ASTContext.h"

namespace energy::frontend {
namespace {

/// One bit for each trait and type; the last ones compare what transformations give.
constexpr llvm::StringLiteral Traits = R"cpp(
#include <string>
#include <type_traits>
struct Empty {};
struct Virtual { virtual ~Virtual(); };
struct Abstract { virtual void f() = 0; };
struct Thrower { Thrower(int) noexcept(false); Thrower(const Thrower &) noexcept(false); ~Thrower() noexcept(false); };
struct Fixed { Fixed() = delete; Fixed(const Fixed &) = delete; Fixed &operator=(const Fixed &) = delete; };
struct MoveOnly { MoveOnly(MoveOnly &&) noexcept; MoveOnly &operator=(MoveOnly &&) noexcept; };
class Hidden { ~Hidden(); };
struct FromInt { FromInt(int); };
struct ToInt { operator int() const; explicit operator Empty() const; };
enum class Kind { A };
union Either { int I; float F; };

template <class T> constexpr unsigned long long bits() {
  using namespace std;
  bool All[] = {
    is_void_v<T>, is_function_v<T>, is_reference<T>::value, is_object<T>::value, is_member_object_pointer_v<T>,
    is_member_function_pointer<T>::value, is_member_pointer<T>::value, is_destructible<T>::value,
    is_nothrow_destructible_v<T>, is_trivially_destructible<T>::value, is_default_constructible<T>::value,
    is_copy_constructible<T>::value, is_move_constructible_v<T>, is_nothrow_copy_constructible<T>::value,
    is_nothrow_move_constructible<T>::value, is_trivially_copy_constructible<T>::value,
    is_trivially_move_constructible<T>::value, is_copy_assignable<T>::value, is_move_assignable<T>::value,
    is_nothrow_copy_assignable<T>::value, is_nothrow_move_assignable<T>::value, is_trivially_copy_assignable<T>::value,
    is_trivially_move_assignable<T>::value, is_constructible<T, int>::value, is_nothrow_constructible_v<T, int>,
    is_nothrow_assignable<T, int>::value, is_same<T, int>::value, is_convertible<T, int>::value,
    is_convertible<int, T>::value, is_convertible<T, Empty>::value, is_convertible<T, void>::value,
    is_convertible<T, const void *>::value, is_scalar<T>::value, is_compound<T>::value, is_pointer<T>::value,
    is_same<decay_t<T>, T>::value, is_same<remove_reference_t<T>, T>::value, is_same<remove_cv_t<T>, T>::value,
    is_same<remove_extent_t<T>, T>::value, is_same<remove_pointer_t<T>, T>::value,
    is_same<add_lvalue_reference_t<T>, T>::value, is_same<add_pointer_t<decay_t<T>>, add_pointer_t<T>>::value,
    is_same<typename decay<T>::type, remove_cv_t<remove_reference_t<T>>>::value,
    is_same<remove_const_t<remove_reference_t<T>>, int>::value, is_same<remove_all_extents_t<T>, char>::value};
  unsigned long long Bits = 0;
  for (bool B : All)
    Bits = 2 * Bits + B;
  return Bits;
}
)cpp";
constexpr llvm::StringLiteral Types[] = {
    "void",     "const void",     "int",      "const int",    "volatile float", "int &",         "const int &",
    "int &&",   "int *",          "char[]",   "char[3]",      "char[3][4]",     "void()",        "void() const",
    "void (&)()", "void (*)(int)", "int Empty::*", "void (Empty::*)()", "Empty", "const Empty", "Virtual",
    "Abstract", "Thrower",        "Fixed",    "MoveOnly",     "Hidden",         "FromInt",       "ToInt",
    "Kind",     "Either",         "std::nullptr_t", "std::string", "std::string &&", "Fixed[2]", "const Thrower &"};

/// The bits of every type, with and without the header cache that changes the traits.
std::vector<std::string> answers(bool UsePch) {
  std::string Text = Traits.str();
  for (size_t I = 0; I < std::size(Types); ++I)
    Text += ("constexpr auto V" + llvm::Twine(I) + " = bits<" + Types[I] + ">();\n").str();
  TempTree Tree;
  FrontendOptions Options = paperOptions();
  Options.UsePch = UsePch;
  PchCache Cache(Options);
  CompileCommands Commands(Options);
  ParseRequest Request;
  Request.Command = cantFail(Commands.lookup(Tree.write("traits.cpp", Text)));
  auto Unit = cantFail(parse(Request, Cache, Options));
  EXPECT_EQ(Unit->usedPch(), UsePch);
  EXPECT_EQ(Unit->errorCount(), 0u);
  std::vector<std::string> Values;
  for (clang::Decl *D : Unit->userDecls())
    if (auto *V = llvm::dyn_cast<clang::VarDecl>(D))
      Values.push_back(V->evaluateValue()->getAsString(Unit->context(), V->getType()));
  return Values;
}

TEST(StdTraitsTest, AnswersAreThoseOfTheStandardLibrary) {
  std::vector<std::string> Own = answers(true), Library = answers(false);
  ASSERT_EQ(Own.size(), std::size(Types));
  ASSERT_EQ(Library.size(), std::size(Types));
  for (size_t I = 0; I < std::size(Types); ++I)
    EXPECT_EQ(Own[I], Library[I]) << Types[I].str();
}

TEST(StdTraitsTest, ChangesWhatLooksAsExpected) {
  EXPECT_EQ(builtinTraits("struct type_traits;"), std::nullopt);
  std::optional<std::string> Text = builtinTraits("  template<typename _Tp>\n"
                                                  "    struct is_object\n"
                                                  "    : public __not_<__or_<is_function<_Tp>>>::type\n"
                                                  "    {\n"
                                                  "    };\n");
  ASSERT_TRUE(Text);
  EXPECT_EQ(*Text, "  template<typename _Tp>\n"
                   "    struct is_object\n"
                   "    : public integral_constant<bool, __is_object(_Tp)>\n"
                   "    {\n"
                   "    };\n");
}

} // namespace
} // namespace energy::frontend
