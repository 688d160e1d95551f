/// \file
/// The text form of one operator call, shared by the analyzer and by the
/// programs that run the real operator. C++17, standard library only: this
/// header is the whole contract between the LLVM side and the LibTorch side.
///
///   aten::conv2d input=f32[1,3,32,32] weight=f32[8,3,3,3] stride=[2,2] -> f32[1,8,15,15]
///   aten::max_pool2d_with_indices self=f32[1,4,8,8] kernel_size=[2,2] -> f32[1,4,4,4] i64[1,4,4,4]
///   aten::cat tensors=[f32[1,2],f32[1,3]] dim=1 -> f32[1,5]
///   aten::add.Tensor self=f32[2] other=f32[3] -> error
///
/// A value is a tensor `f32[2,3]` (codes of DTypes.def; `f32[]` is a scalar
/// tensor), `None`, an integer, a float (has '.', 'e', inf or nan), `true` or
/// `false`, a "string" (no escapes), `dtype:float32`, or a list of values.
/// Arguments left out take the default of the operator's schema.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace energy {

struct OpLineTensor {
  std::string Code; ///< element type code of DTypes.def, e.g. "f32"
  std::vector<int64_t> Sizes;
};
struct OpLineDType {
  std::string Name; ///< element type name of DTypes.def, e.g. "float32"
};

struct OpLineValue {
  using List = std::vector<OpLineValue>;
  std::variant<std::monostate, OpLineTensor, int64_t, double, bool, std::string,
               OpLineDType, List>
      Value;
};

struct OpLine {
  std::string Op; ///< qualified name with overload, e.g. "aten::add.Tensor"
  std::vector<std::pair<std::string, OpLineValue>> Args;
  bool HasResult = false; ///< a "->" was there
  bool ExpectError = false;
  std::vector<OpLineTensor> Results;

  const OpLineValue *find(std::string_view Name) const;
  /// Parses one line. On failure returns false and sets \p Error to what is
  /// wrong and at which column.
  static bool parse(std::string_view Text, OpLine &Out, std::string &Error);
  std::string str() const;
};

std::string toString(const OpLineValue &V);

} // namespace energy
