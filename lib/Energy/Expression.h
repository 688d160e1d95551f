/// \file
/// One term of an energy model as text, e.g. "batch*in_channels*touched_area" or
/// "if(stride>1, taps, 0)": arithmetic over the variables of a call and the
/// constants of a machine, compiled once into a stack program. Has no loops,
/// no state and no side effects; division by zero gives 0.
///
///   sum := product (('+'|'-') product)*      comparison := sum (('<'|'<='|'>'|'>='|'==') sum)?
///   product := factor (('*'|'/') factor)*    factor := number | name | name '(' args ')' | '(' ... ')'
///   functions: min(a,b) max(a,b) ln(a) ceil(a,n) [up to a multiple of n] if(c,a,b) and(a,b) or(a,b)
///              fault(bytes) [bytes when such a buffer is freshly mapped at every call, else 0]
#pragma once
#include "Energy/OpShape.h"
#include "llvm/ADT/StringMap.h"

namespace energy {

class Expression {
public:
  enum class Code : uint8_t {
    Number, Load, Add, Sub, Mul, Div, Less, LessEq, Greater, GreaterEq, Equal,
    Min, Max, Ln, CeilTo, If, And, Or
  };
  struct Instruction {
    Code Op;
    Variable Var = Variable::macs;
    double Number = 0;
  };
  /// \p Constants are the machine's ("l3_bytes", "fault_bytes", "vector_floats");
  /// \p Family limits the variables to those that the family has.
  static llvm::Expected<Expression> parse(llvm::StringRef Text,
                                          const llvm::StringMap<double> &Constants,
                                          unsigned Family);
  double evaluate(const OpShape &S) const;
  llvm::ArrayRef<Instruction> code() const { return Program; }

private:
  friend class ExpressionParser;
  std::vector<Instruction> Program;
};

} // namespace energy
