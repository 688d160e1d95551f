/// Every operator of the table on thousands of odd but well-typed calls: a rule
/// may reject them, but must not crash or invent a size. Run under the sanitizers too.
#include "Torch/OpDef.h"
#include "gtest/gtest.h"
#include <limits>

using namespace energy;
using namespace energy::torch;
using llvm::StringRef;

namespace {
/// A fixed sequence: a failure repeats.
class Dice {
  uint64_t State = 20;

public:
  size_t roll(size_t Sides) {
    State = State * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<size_t>(State >> 33) % Sides;
  }
  template <class T, size_t N> T pick(const T (&Of)[N]) { return Of[roll(N)]; }
};

constexpr int64_t Min = std::numeric_limits<int64_t>::min();
constexpr int64_t Max = std::numeric_limits<int64_t>::max();

class OddCalls {
  Dice D;

public:
  int64_t integer() {
    constexpr int64_t Usual[] = {-2, -1, 0, 0, 1, 1, 2, 3, 4};
    constexpr int64_t Odd[] = {Min,     Min + 1, -(int64_t{1} << 40), 7, 1 << 20, int64_t{1} << 40,
                               Max - 1, Max};
    return D.roll(6) ? D.pick(Usual) : D.pick(Odd);
  }
  double number() {
    constexpr double Inf = std::numeric_limits<double>::infinity();
    constexpr double All[] = {0.0,
                              -0.5,
                              0.5,
                              1.0,
                              2.0,
                              1e-300,
                              1e300,
                              -1e19,
                              Inf,
                              -Inf,
                              std::numeric_limits<double>::quiet_NaN()};
    return D.pick(All);
  }
  TensorType tensor() {
    constexpr int64_t Usual[] = {0, 1, 1, 2, 2, 3, 4};
    constexpr int64_t Odd[] = {5, 1 << 20, int64_t{1} << 40, Max};
    constexpr DType Types[] = {DType::Float32, DType::Float32, DType::Int64,
                               DType::Bool,    DType::Float64, DType::Complex64};
    Sizes S;
    for (size_t Rank = D.roll(6), I = 0; I < Rank; ++I)
      S.push_back(D.roll(12) ? D.pick(Usual) : D.pick(Odd));
    return {D.pick(Types), S};
  }
  std::string text() {
    constexpr const char *All[] = {"",      "ij,jk->ik", "...i->i...", "ii", "a->b", "sum",
                                   "floor", "xy",        "->",         ",",  "none"};
    return D.pick(All);
  }
  TensorArg tensorOr(bool MayBeUndefined) {
    return MayBeUndefined && D.roll(3) == 0 ? TensorArg::undefined() : TensorArg(tensor());
  }
  template <class T, class Make> std::vector<T> list(Make Item) {
    std::vector<T> Out(D.roll(5));
    for (T &V : Out)
      V = Item();
    return Out;
  }
  ArgValue value(StringRef Type) {
    if (Type.ends_with("?") && D.roll(3) == 0)
      return ArgValue();
    StringRef Element = Type.take_until([](char C) { return C == '[' || C == '?'; });
    bool List = Type.contains('[');
    if (Element == "Tensor" && List)
      return list<TensorArg>([&] { return tensorOr(true); });
    if (Element == "Tensor")
      return tensorOr(D.roll(8) == 0);
    if ((Element == "int" || Element == "SymInt") && List)
      return list<int64_t>([&] { return integer(); });
    if (Element == "int" || Element == "SymInt")
      return integer();
    if (Element == "bool")
      return List ? ArgValue(std::vector<bool>(D.roll(4))) : ArgValue(D.roll(2) == 0);
    if (Element == "str")
      return text();
    if (Element == "ScalarType")
      return D.roll(2) ? ArgValue(DType::Float32) : ArgValue(DType::Int64);
    if (List)
      return list<double>([&] { return number(); });
    if (Element == "Scalar" && D.roll(2))
      return integer();
    return number();
  }
  /// Leaves arguments with a default out half of the time.
  OpCall call(const OpInfo &Op) {
    OpCall C;
    C.Op = Op.Def->name().str();
    for (const SchemaArg &A : Op.Args)
      if (!A.HasDefault || D.roll(2))
        C.Args.push_back({A.Name.str(), value(A.Type)});
    return C;
  }
};

void expectSane(const CostFeatures &C) {
#define FEATURE(Name, Key, Unit, Doc) EXPECT_GE(C.Name, 0) << Key;
#include "Schema/CostFeatures.def"
}
} // namespace

TEST(OddCalls, NeverCrashARule) {
  OddCalls Calls;
  for (llvm::ArrayRef<OpDef> Family : opFamilies())
    for (const OpDef &Def : Family) {
      const OpInfo &Op = *findOp(Def.name());
      for (int Round = 0; Round < 300; ++Round) {
        OpCall Call = Calls.call(Op);
        SCOPED_TRACE(toOpLine(Call).str());
        if (llvm::Error E = fillDefaults(Op, Call)) {
          llvm::consumeError(std::move(E));
          continue;
        }
        llvm::Expected<Outcome> Out = evaluate(Op, Call);
        if (!Out) {
          EXPECT_FALSE(llvm::toString(Out.takeError()).empty());
          continue;
        }
        for (const TensorType &T : Out->Types)
          for (int64_t Size : T.Shape)
            EXPECT_GE(Size, 0);
        expectSane(Out->Cost);
      }
    }
}
