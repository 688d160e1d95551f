#include "Sweep.h"
#include <cctype>
#include <charconv>
#include <cmath>

namespace energy::measure {
namespace {
constexpr unsigned Primes[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53};
constexpr size_t MaxVariables = sizeof Primes / sizeof *Primes;

std::optional<int64_t> integer(const std::string &Text) {
  int64_t Value = 0;
  auto [End, Error] = std::from_chars(Text.data(), Text.data() + Text.size(), Value);
  if (Text.empty() || Error != std::errc() || End != Text.data() + Text.size())
    return std::nullopt;
  return Value;
}
bool isName(const std::string &S) {
  if (S.empty() || std::isdigit(static_cast<unsigned char>(S[0])))
    return false;
  for (char C : S)
    if (!std::isalnum(static_cast<unsigned char>(C)) && C != '_')
      return false;
  return true;
}
bool isElementType(const std::string &S) {
#define DTYPE(Enumerator, Name, Code, Bytes, Kind)                                                                     \
  if (S == Code)                                                                                                       \
    return true;
#include "Schema/DTypes.def"
  return false;
}

/// Radical inverse of Number in a prime base: the Halton sequence's coordinate.
double halton(uint64_t Number, unsigned Base) {
  double Value = 0, Digit = 1.0 / Base;
  for (; Number; Number /= Base, Digit /= Base)
    Value += static_cast<double>(Number % Base) * Digit;
  return Value;
}
uint64_t mix(uint64_t X) { // splitmix64
  X += 0x9e3779b97f4a7c15u;
  X = (X ^ (X >> 30)) * 0xbf58476d1ce4e5b9u;
  X = (X ^ (X >> 27)) * 0x94d049bb133111ebu;
  return X ^ (X >> 31);
}
} // namespace

/// Splits a row into literals and expressions and declares its variables.
class SweepParser {
  const std::string &Text;
  Sweep &Out;
  std::string &Error;
  size_t At = 0;
  std::string Literal;

public:
  SweepParser(const std::string &Text, Sweep &Out, std::string &Error) : Text(Text), Out(Out), Error(Error) {}

  bool parse() {
    size_t End = Text.find(' ');
    Out.Op = Text.substr(0, End);
    if (Out.Op.find("::") == std::string::npos)
      return fail("a sweep starts with a qualified operator name");
    Literal = Out.Op;
    for (At = End == std::string::npos ? Text.size() : End; At < Text.size();) {
      char C = Text[At];
      if (C == '"') {
        size_t Close = Text.find('"', At + 1);
        if (Close == std::string::npos)
          return fail("unterminated string");
        Literal += Text.substr(At, Close + 1 - At);
        At = Close + 1;
      } else if (C == ' ' || C == '[' || C == ']' || C == ',' || C == '=') {
        Literal += C;
        ++At;
      } else if (!word()) {
        return false;
      }
    }
    Out.Pieces.push_back({Literal, ""});
    return true;
  }

private:
  bool fail(const std::string &Why) {
    Error = "column " + std::to_string(At + 1) + ": " + Why;
    return false;
  }
  /// An argument name, an element type, a literal value or an expression.
  bool word() {
    const size_t Begin = At;
    int Braces = 0;
    while (At < Text.size() && (Braces || std::string_view(" []=,\"").find(Text[At]) == std::string_view::npos)) {
      Braces += Text[At] == '{' ? 1 : Text[At] == '}' ? -1 : 0;
      ++At;
    }
    if (Braces)
      return fail("unbalanced '{'");
    std::string Word = Text.substr(Begin, At - Begin);
    const bool IsArgumentName = At < Text.size() && Text[At] == '=';
    const bool IsType = At < Text.size() && Text[At] == '[' && isElementType(Word);
    if (IsArgumentName || IsType || isLiteral(Word)) {
      Literal += Word;
      return true;
    }
    return expression(Word);
  }
  static bool isLiteral(const std::string &Word) {
    if (Word == "None" || Word == "true" || Word == "false" || Word == "inf" || Word == "-inf" || Word == "nan" ||
        Word.rfind("dtype:", 0) == 0 || integer(Word))
      return true;
    char *End = nullptr;
    std::strtod(Word.c_str(), &End);
    return End == Word.c_str() + Word.size();
  }
  /// Declarations become plain names; what is left is evaluated per sample.
  bool expression(const std::string &Word) {
    std::string Plain, Name;
    for (size_t I = 0; I < Word.size();) {
      if (Word[I] != ':') {
        const bool InName = std::isalnum(static_cast<unsigned char>(Word[I])) || Word[I] == '_';
        if (!InName && std::string_view("+-*/").find(Word[I]) == std::string_view::npos)
          return fail("'" + Word + "' is neither a value nor an expression");
        Name = InName ? Name + Word[I] : "";
        Plain += Word[I++];
        continue;
      }
      size_t End = Word[I + 1] == '{' ? Word.find('}', I) : Word.find_first_of("+-*/", I);
      if (Word[I + 1] == '{' && End != std::string::npos)
        ++End;
      if (!declare(Name, Word.substr(I + 1, End == std::string::npos ? End : End - I - 1)))
        return false;
      I = End == std::string::npos ? Word.size() : End;
      Name.clear();
    }
    if (!namesAreDeclared(Plain))
      return false;
    Out.Pieces.push_back({Literal, Plain});
    Literal.clear();
    return true;
  }
  bool declare(const std::string &Name, const std::string &Range) {
    Sweep::Variable V;
    V.Name = Name;
    if (!isName(Name))
      return fail("'" + Name + "' cannot name a variable");
    for (const Sweep::Variable &Other : Out.Variables)
      if (Other.Name == Name)
        return fail("variable '" + Name + "' is declared twice");
    if (Out.Variables.size() == MaxVariables)
      return fail("more than " + std::to_string(MaxVariables) + " variables");
    const size_t Dots = Range.find("..");
    if (Dots != std::string::npos) {
      auto Low = integer(Range.substr(0, Dots)), High = integer(Range.substr(Dots + 2));
      if (!Low || !High || *Low < 1 || *High < *Low)
        return fail("range '" + Range + "' of '" + Name + "' is not LO..HI with 1 <= LO <= HI");
      V.Low = *Low;
      V.High = *High;
    } else if (!choices(Range, V.Choices)) {
      return fail("'" + Range + "' of '" + Name + "' is neither LO..HI nor {A,B,...}");
    }
    Out.Variables.push_back(std::move(V));
    return true;
  }
  static bool choices(const std::string &Range, std::vector<int64_t> &Out) {
    if (Range.size() < 3 || Range.front() != '{' || Range.back() != '}')
      return false;
    for (size_t Begin = 1; Begin < Range.size();) {
      size_t End = Range.find_first_of(",}", Begin);
      auto Value = integer(Range.substr(Begin, End - Begin));
      if (!Value)
        return false;
      Out.push_back(*Value);
      Begin = End + 1;
    }
    return true;
  }
  bool namesAreDeclared(const std::string &Expression) {
    for (size_t I = 0; I < Expression.size();) {
      size_t End = Expression.find_first_of("+-*/", I);
      std::string Term = Expression.substr(I, End == std::string::npos ? End : End - I);
      bool Known = Term.empty() ? I == 0 : integer(Term).has_value(); // a leading minus
      for (const Sweep::Variable &V : Out.Variables)
        Known |= V.Name == Term;
      if (!Known)
        return fail("'" + Term + "' is not a declared variable");
      I = End == std::string::npos ? Expression.size() : End + 1;
    }
    return true;
  }
};

/// Values of one sample, and integer arithmetic over them.
class SweepEvaluator {
  const Sweep &S;
  std::vector<int64_t> Values;
  std::string_view Rest;
  bool Bad = false;

public:
  SweepEvaluator(const Sweep &S, uint64_t Number, uint64_t Seed) : S(S) {
    for (size_t I = 0; I < S.Variables.size(); ++I) {
      const double Shift = static_cast<double>(mix(Seed * 1000003 + I) >> 11) * 0x1p-53;
      double U = halton(Number + 1, Primes[I]) + Shift;
      Values.push_back(draw(S.Variables[I], U - std::floor(U)));
    }
  }
  std::optional<int64_t> evaluate(const std::string &Expression) {
    Rest = Expression;
    Bad = false;
    int64_t Value = sum();
    if (Bad || !Rest.empty())
      return std::nullopt;
    return Value;
  }

private:
  static int64_t draw(const Sweep::Variable &V, double U) {
    if (!V.Choices.empty())
      return V.Choices[std::min(static_cast<size_t>(U * static_cast<double>(V.Choices.size())), V.Choices.size() - 1)];
    const double Low = static_cast<double>(V.Low), High = static_cast<double>(V.High) + 1;
    auto Value = static_cast<int64_t>(Low * std::pow(High / Low, U));
    return std::min(std::max(Value, V.Low), V.High);
  }
  int64_t term() {
    size_t End = Rest.find_first_of("+-*/");
    std::string Name(Rest.substr(0, End));
    Rest = End == std::string_view::npos ? std::string_view() : Rest.substr(End);
    if (auto Value = integer(Name))
      return *Value;
    for (size_t I = 0; I < Values.size(); ++I)
      if (S.Variables[I].Name == Name)
        return Values[I];
    Bad |= !Name.empty(); // empty: the left side of a leading minus
    return 0;
  }
  int64_t product() {
    int64_t Value = term();
    while (!Rest.empty() && (Rest[0] == '*' || Rest[0] == '/')) {
      const bool Times = Rest[0] == '*';
      Rest.remove_prefix(1);
      int64_t Right = term();
      if (Times) {
        Bad |= __builtin_mul_overflow(Value, Right, &Value);
      } else {
        Bad |= Right == 0;
        Value = Right ? Value / Right : 0;
      }
    }
    return Value;
  }
  int64_t sum() {
    int64_t Value = product();
    while (!Rest.empty() && (Rest[0] == '+' || Rest[0] == '-')) {
      const bool Plus = Rest[0] == '+';
      Rest.remove_prefix(1);
      int64_t Right = product();
      Bad |= Plus ? __builtin_add_overflow(Value, Right, &Value) : __builtin_sub_overflow(Value, Right, &Value);
    }
    return Value;
  }
};

std::optional<Sweep> Sweep::parse(const std::string &Text, std::string &Error) {
  Sweep S;
  if (!SweepParser(Text, S, Error).parse())
    return std::nullopt;
  return S;
}

std::optional<std::string> Sweep::sample(uint64_t Number, uint64_t Seed) const {
  SweepEvaluator Values(*this, Number, Seed);
  std::string Line;
  for (const Piece &P : Pieces) {
    Line += P.Literal;
    if (P.Expression.empty())
      continue;
    std::optional<int64_t> Value = Values.evaluate(P.Expression);
    if (!Value)
      return std::nullopt;
    Line += std::to_string(*Value);
  }
  return Line;
}

} // namespace energy::measure
