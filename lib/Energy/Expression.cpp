#include "Energy/Expression.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

using namespace energy;
using Code = Expression::Code;

namespace {
constexpr unsigned MaxStack = 32;    ///< deeper programs are refused when parsed
constexpr size_t MaxProgram = 400;   ///< 'fault' compiles its argument twice

struct Function {
  llvm::StringLiteral Name;
  unsigned Arity;
  Code Op;
};
constexpr Function Functions[] = {
    {"min", 2, Code::Min}, {"max", 2, Code::Max}, {"ln", 1, Code::Ln},   {"ceil", 2, Code::CeilTo},
    {"if", 3, Code::If},   {"and", 2, Code::And}, {"or", 2, Code::Or},
};
} // namespace

namespace energy {
/// Recursive descent, one function per rule of the grammar in the header.
class ExpressionParser {
  llvm::StringRef All, Rest;
  const llvm::StringMap<double> &Constants;
  unsigned Family;
  std::vector<Expression::Instruction> Program;
  std::string Problem;
  unsigned Depth = 0, Nesting = 0;

public:
  ExpressionParser(llvm::StringRef Text, const llvm::StringMap<double> &Constants, unsigned Family)
      : All(Text), Rest(Text), Constants(Constants), Family(Family) {}

  llvm::Expected<Expression> run() {
    comparison();
    if (Problem.empty() && !peek().empty())
      fail("unexpected '" + peek().take_front(1).str() + "'");
    if (!Problem.empty())
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "term '" + All + "': " + Problem);
    Expression E;
    E.Program = std::move(Program);
    return E;
  }

private:
  void fail(const std::string &Why) {
    if (Problem.empty())
      Problem = Why + " at column " + std::to_string(All.size() - Rest.size() + 1);
  }
  llvm::StringRef peek() { return Rest = Rest.ltrim(); }
  bool take(llvm::StringRef Token) {
    peek();
    return Problem.empty() && Rest.consume_front(Token);
  }
  void emit(Code Op, unsigned Operands) {
    Depth = Depth + 1 - Operands;
    if (Depth > MaxStack)
      fail("nested too deeply");
    if (Program.size() > MaxProgram)
      fail("too long");
    Program.push_back({Op});
  }
  void number(double Value) {
    emit(Code::Number, 0);
    Program.back().Number = Value;
  }
  void comparison() {
    sum();
    struct {
      llvm::StringLiteral Token;
      Code Op;
    } Operators[] = {{"<=", Code::LessEq}, {">=", Code::GreaterEq}, {"==", Code::Equal},
                     {"<", Code::Less},    {">", Code::Greater}};
    for (const auto &O : Operators)
      if (take(O.Token)) {
        sum();
        emit(O.Op, 2);
        return;
      }
  }
  void sum() {
    product();
    while (true) {
      if (take("+")) {
        product();
        emit(Code::Add, 2);
      } else if (take("-")) {
        product();
        emit(Code::Sub, 2);
      } else
        return;
    }
  }
  void product() {
    factor();
    while (true) {
      if (take("*")) {
        factor();
        emit(Code::Mul, 2);
      } else if (take("/")) {
        factor();
        emit(Code::Div, 2);
      } else
        return;
    }
  }
  void factor() {
    if (++Nesting > 64)
      return fail("nested too deeply");
    primary();
    --Nesting;
  }
  void primary() {
    if (!Problem.empty())
      return;
    if (take("(")) {
      comparison();
      if (!take(")"))
        fail("expected ')'");
      return;
    }
    llvm::StringRef Token =
        peek().take_while([](char C) { return llvm::isAlnum(C) || C == '_' || C == '.'; });
    if (Token.empty())
      return fail("expected a number, a variable or '('");
    double Value;
    if (llvm::isDigit(Token.front())) {
      if (Token.getAsDouble(Value))
        return fail("malformed number '" + Token.str() + "'");
      Rest = Rest.drop_front(Token.size());
      return number(Value);
    }
    name(Token);
  }
  void name(llvm::StringRef Name) {
    std::string Unknown = "unknown name '" + Name.str() + "'";
    llvm::StringRef After = Rest.drop_front(Name.size()).ltrim();
    if (After.starts_with("(")) {
      for (const Function &F : Functions)
        if (F.Name == Name) {
          Rest = After.drop_front();
          return call(F);
        }
      if (Name == "fault") {
        Rest = After.drop_front();
        return fault();
      }
      return fail(Unknown);
    }
    if (auto C = Constants.find(Name); C != Constants.end()) {
      Rest = Rest.drop_front(Name.size());
      return number(C->second);
    }
    std::optional<Variable> V = findVariable(Name);
    if (!V)
      return fail(Unknown);
    if (!(variableGroups(*V) & (Family | Any)))
      return fail("'" + Name.str() + "' is not a variable of these operators");
    Rest = Rest.drop_front(Name.size());
    emit(Code::Load, 0);
    Program.back().Var = *V;
  }
  void arguments(unsigned Count) {
    for (unsigned I = 0; I < Count; ++I) {
      if (I && !take(","))
        fail("expected ','");
      comparison();
    }
    if (!take(")"))
      fail("expected ')'");
  }
  void call(const Function &F) {
    arguments(F.Arity);
    emit(F.Op, F.Arity);
  }
  /// fault(x) is if(x > fault_bytes, x, 0), with x compiled twice.
  void fault() {
    auto Limit = Constants.find("fault_bytes");
    if (Limit == Constants.end())
      return fail("'fault' needs the machine's 'fault_bytes'");
    size_t Start = Program.size();
    arguments(1);
    std::vector<Expression::Instruction> Argument(Program.begin() + long(Start), Program.end());
    number(Limit->second);
    emit(Code::Greater, 2);
    Program.insert(Program.end(), Argument.begin(), Argument.end());
    if (++Depth > MaxStack - 4)
      fail("nested too deeply");
    number(0);
    emit(Code::If, 3);
  }
};
} // namespace energy

llvm::Expected<Expression> Expression::parse(llvm::StringRef Text,
                                             const llvm::StringMap<double> &Constants,
                                             unsigned Family) {
  return ExpressionParser(Text, Constants, Family).run();
}

double Expression::evaluate(const OpShape &S) const {
  double Stack[MaxStack + 32];
  double *Top = Stack; // one past the top
  for (const Instruction &I : Program) {
    switch (I.Op) {
    case Code::Number: *Top++ = I.Number; continue;
    case Code::Load: *Top++ = S[I.Var]; continue;
    case Code::Ln: Top[-1] = Top[-1] > 0 ? std::log(Top[-1]) : 0; continue;
    case Code::If:
      Top -= 2;
      Top[-1] = Top[-1] != 0 ? Top[0] : Top[1];
      continue;
    default: break;
    }
    double B = *--Top, &A = Top[-1];
    switch (I.Op) {
    case Code::Add: A += B; break;
    case Code::Sub: A -= B; break;
    case Code::Mul: A *= B; break;
    case Code::Div: A = B != 0 ? A / B : 0; break;
    case Code::Less: A = A < B; break;
    case Code::LessEq: A = A <= B; break;
    case Code::Greater: A = A > B; break;
    case Code::GreaterEq: A = A >= B; break;
    case Code::Equal: A = A == B; break;
    case Code::Min: A = std::min(A, B); break;
    case Code::Max: A = std::max(A, B); break;
    case Code::CeilTo: A = B > 0 ? std::ceil(A / B) * B : A; break;
    case Code::And: A = A != 0 && B != 0; break;
    case Code::Or: A = A != 0 || B != 0; break;
    case Code::Number:
    case Code::Load:
    case Code::Ln:
    case Code::If: break;
    }
  }
  return Top[-1];
}
