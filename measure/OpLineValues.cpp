#include "OpLineValues.h"
#include <limits>

using namespace energy;
using namespace energy::measure;

namespace {
constexpr uint64_t Huge = std::numeric_limits<uint64_t>::max();

enum class NumberKind { Bool, Int, Float, Complex };
struct Row {
  std::string_view Code;
  uint64_t Bytes;
  NumberKind Kind;
};
constexpr Row Rows[] = {
#define DTYPE(Enumerator, Name, Code, Bytes, Kind) {Code, Bytes, NumberKind::Kind},
#include "Schema/DTypes.def"
};

template <typename Visitor> void visitTensors(OpLineValue &V, Visitor Visit) {
  if (auto *T = std::get_if<OpLineTensor>(&V.Value))
    Visit(*T);
  else if (auto *L = std::get_if<OpLineValue::List>(&V.Value))
    for (OpLineValue &Item : *L)
      visitTensors(Item, Visit);
}
void collect(const OpLineValue &V, std::vector<const OpLineTensor *> &Out) {
  if (auto *T = std::get_if<OpLineTensor>(&V.Value))
    Out.push_back(T);
  else if (auto *L = std::get_if<OpLineValue::List>(&V.Value))
    for (const OpLineValue &Item : *L)
      collect(Item, Out);
}
} // namespace

uint64_t measure::saturatingAdd(uint64_t A, uint64_t B) { return A > Huge - B ? Huge : A + B; }

uint64_t measure::elementBytes(std::string_view Code) {
  for (const Row &R : Rows)
    if (R.Code == Code)
      return R.Bytes;
  return 0;
}
bool measure::isFloatingPoint(std::string_view Code) {
  for (const Row &R : Rows)
    if (R.Code == Code)
      return R.Kind == NumberKind::Float;
  return false;
}

uint64_t measure::tensorBytes(const OpLineTensor &T) {
  uint64_t Bytes = elementBytes(T.Code);
  for (int64_t Size : T.Sizes) {
    if (Size == 0)
      return 0;
    auto Count = static_cast<uint64_t>(Size);
    Bytes = Bytes > Huge / Count ? Huge : Bytes * Count;
  }
  return Bytes;
}

uint64_t measure::valueBytes(const OpLineValue &V) {
  std::vector<const OpLineTensor *> All;
  collect(V, All);
  uint64_t Sum = 0;
  for (const OpLineTensor *T : All)
    Sum = saturatingAdd(Sum, tensorBytes(*T));
  return Sum;
}

uint64_t measure::argumentBytes(const OpLine &Line) {
  uint64_t Sum = 0;
  for (const auto &[Name, Value] : Line.Args)
    Sum = saturatingAdd(Sum, valueBytes(Value));
  return Sum;
}

std::vector<const OpLineTensor *> measure::tensorsOf(const OpLine &Line) {
  std::vector<const OpLineTensor *> All;
  for (const auto &[Name, Value] : Line.Args)
    collect(Value, All);
  return All;
}

OpLine measure::withElementType(OpLine Line, std::string_view From, std::string_view To) {
  auto Retype = [&](OpLineTensor &T) {
    if (T.Code == From)
      T.Code = To;
  };
  for (auto &[Name, Value] : Line.Args)
    visitTensors(Value, Retype);
  for (OpLineTensor &T : Line.Results)
    Retype(T);
  return Line;
}
