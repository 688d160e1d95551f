#include "Torch/OpDef.h"

using namespace energy;
using namespace energy::torch;
using llvm::StringRef;

namespace {
const ArgValue &argument(const OpCall &Call, StringRef Name) {
  const ArgValue *V = Call.find(Name);
  assert(V && "the schema has no such argument");
  return *V;
}
template <class T> const T &argument(const OpCall &Call, StringRef Name) {
  const T *V = argument(Call, Name).as<T>();
  assert(V && "the argument is None or of another type");
  return *V;
}
} // namespace

const TensorType &OpArgs::tensor(StringRef Name) const {
  const TensorArg &T = argument<TensorArg>(Call, Name);
  assert(T.known());
  return T.Type;
}
const TensorType *OpArgs::tensorIf(StringRef Name) const {
  const TensorArg *T = argument(Call, Name).as<TensorArg>();
  return T && T->Defined ? &T->Type : nullptr;
}
llvm::SmallVector<const TensorType *, 4> OpArgs::tensors(StringRef Name) const {
  llvm::SmallVector<const TensorType *, 4> Out;
  for (const TensorArg &T : argument<std::vector<TensorArg>>(Call, Name))
    Out.push_back(T.Defined ? &T.Type : nullptr);
  return Out;
}
bool OpArgs::isNone(StringRef Name) const { return argument(Call, Name).isNone(); }
int64_t OpArgs::integer(StringRef Name) const { return argument<int64_t>(Call, Name); }
double OpArgs::number(StringRef Name) const {
  std::optional<double> D = Call.number(Name);
  assert(D && "the argument is not a number");
  return *D;
}
bool OpArgs::boolean(StringRef Name) const { return argument<bool>(Call, Name); }
std::string OpArgs::text(StringRef Name) const { return argument<std::string>(Call, Name); }
Sizes OpArgs::ints(StringRef Name) const {
  const ArgValue &V = argument(Call, Name);
  if (V.isNone())
    return {};
  const auto &L = argument<std::vector<int64_t>>(Call, Name);
  return Sizes(L.begin(), L.end());
}
Sizes OpArgs::ints(StringRef Name, unsigned N) const {
  std::optional<Sizes> S = Call.ints(Name, N);
  assert(S && "the argument does not have N integers; check its length first");
  return *S;
}
std::optional<DType> OpArgs::dtype(StringRef Name) const {
  const DType *T = argument(Call, Name).as<DType>();
  return T ? std::optional(*T) : std::nullopt;
}
