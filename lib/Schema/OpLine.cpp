#include "Schema/OpLine.h"
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

using namespace energy;

namespace {
constexpr int MaxListDepth = 8;

/// Recursive-descent parser over one line; the first error sticks.
class Parser {
  std::string_view Text;
  size_t At = 0;
  std::string &Error;

public:
  Parser(std::string_view Text, std::string &Error) : Text(Text), Error(Error) {}

  bool fail(const std::string &Why) {
    if (Error.empty())
      Error = "column " + std::to_string(At + 1) + ": " + Why;
    return false;
  }
  void skipBlanks() {
    while (At < Text.size() && (Text[At] == ' ' || Text[At] == '\t' || Text[At] == '\r'))
      ++At;
  }
  bool atEnd() const { return At >= Text.size(); }
  bool eat(std::string_view Token) {
    if (Text.substr(At, Token.size()) != Token)
      return false;
    At += Token.size();
    return true;
  }
  static bool isWord(char C) {
    return std::isalnum(static_cast<unsigned char>(C)) || C == '_' || C == '.' || C == ':';
  }
  std::string word() {
    size_t Begin = At;
    while (At < Text.size() && isWord(Text[At]))
      ++At;
    return std::string(Text.substr(Begin, At - Begin));
  }

  bool number(OpLineValue &Out) {
    std::string Digits;
    size_t P = At;
    while (P < Text.size() && (isWord(Text[P]) || Text[P] == '-' || Text[P] == '+'))
      Digits += Text[P++];
    bool Float = Digits.find_first_of(".eEn") != std::string::npos;
    char *End = nullptr;
    errno = 0;
    if (Float)
      Out.Value = std::strtod(Digits.c_str(), &End);
    else
      Out.Value = static_cast<int64_t>(std::strtoll(Digits.c_str(), &End, 10));
    if (Digits.empty() || *End != 0 || (!Float && errno == ERANGE))
      return fail("'" + Digits + "' is not a value");
    At = P;
    return true;
  }
  bool sizes(std::vector<int64_t> &Out) {
    if (!eat("["))
      return fail("expected '['");
    while (!eat("]")) {
      OpLineValue V;
      if (!Out.empty() && !eat(","))
        return fail("expected ',' or ']'");
      if (!number(V))
        return false;
      const int64_t *N = std::get_if<int64_t>(&V.Value);
      if (!N || *N < 0)
        return fail("a tensor size must be a non-negative integer");
      Out.push_back(*N);
    }
    return true;
  }
  bool knownCode(std::string_view Code) {
#define DTYPE(Enumerator, Name, TheCode, Bytes, Kind)                           \
  if (Code == TheCode)                                                         \
    return true;
#include "Schema/DTypes.def"
    return false;
  }
  bool tensor(OpLineTensor &Out) {
    Out.Code = word();
    if (!knownCode(Out.Code))
      return fail("'" + Out.Code + "' is not an element type code");
    return sizes(Out.Sizes);
  }
  bool list(OpLineValue &Out, int Depth) {
    OpLineValue::List Items;
    while (!eat("]")) {
      if (!Items.empty() && !eat(","))
        return fail("expected ',' or ']'");
      if (!value(Items.emplace_back(), Depth + 1))
        return false;
    }
    Out.Value = std::move(Items);
    return true;
  }
  bool string(OpLineValue &Out) {
    size_t Close = Text.find('"', At);
    if (Close == std::string_view::npos)
      return fail("unterminated string");
    Out.Value = std::string(Text.substr(At, Close - At));
    At = Close + 1;
    return true;
  }
  bool value(OpLineValue &Out, int Depth = 0) {
    if (Depth > MaxListDepth)
      return fail("lists nest too deeply");
    if (eat("["))
      return list(Out, Depth);
    if (eat("\""))
      return string(Out);
    size_t Begin = At;
    std::string Word = word();
    bool OpensTensor = At < Text.size() && Text[At] == '[';
    At = Begin;
    if (OpensTensor)
      return tensor(Out.Value.emplace<OpLineTensor>());
    if (Word == "None" || Word == "true" || Word == "false") {
      At += Word.size();
      if (Word != "None")
        Out.Value = Word == "true";
      return true;
    }
    if (Word.rfind("dtype:", 0) == 0) {
      At += Word.size();
      Out.Value = OpLineDType{Word.substr(6)};
      return true;
    }
    return number(Out);
  }
  bool argument(OpLine &Out) {
    std::string Name = word();
    if (Name.empty() || !eat("="))
      return fail("expected 'name=value' or '->'");
    if (Out.find(Name))
      return fail("argument '" + Name + "' is given twice");
    OpLineValue V;
    if (!value(V))
      return false;
    Out.Args.emplace_back(std::move(Name), std::move(V));
    return true;
  }
  bool results(OpLine &Out) {
    Out.HasResult = true;
    skipBlanks();
    if (eat("error")) {
      Out.ExpectError = true;
      skipBlanks();
      return atEnd() || fail("text after 'error'");
    }
    for (skipBlanks(); !atEnd(); skipBlanks())
      if (!tensor(Out.Results.emplace_back()))
        return false;
    return true;
  }
  bool line(OpLine &Out) {
    skipBlanks();
    Out.Op = word();
    if (Out.Op.find("::") == std::string::npos)
      return fail("expected a qualified operator name such as 'aten::conv2d'");
    for (skipBlanks(); !atEnd(); skipBlanks()) {
      if (eat("->"))
        return results(Out);
      if (!argument(Out))
        return false;
    }
    return true;
  }
};

std::string toString(const std::vector<int64_t> &Sizes) {
  std::string S = "[";
  for (size_t I = 0; I < Sizes.size(); ++I)
    S += (I ? "," : "") + std::to_string(Sizes[I]);
  return S + "]";
}
std::string toString(double D) {
  char Buffer[40];
  std::snprintf(Buffer, sizeof Buffer, "%.17g", D);
  std::string S = Buffer;
  // Shortest text that reads back as the same number.
  for (int Digits = 1; Digits < 17; ++Digits) {
    std::snprintf(Buffer, sizeof Buffer, "%.*g", Digits, D);
    if (std::strtod(Buffer, nullptr) == D) {
      S = Buffer;
      break;
    }
  }
  return S.find_first_of(".en") == std::string::npos ? S + ".0" : S;
}
} // namespace

std::string energy::toString(const OpLineValue &V) {
  if (auto *T = std::get_if<OpLineTensor>(&V.Value))
    return T->Code + ::toString(T->Sizes);
  if (auto *I = std::get_if<int64_t>(&V.Value))
    return std::to_string(*I);
  if (auto *D = std::get_if<double>(&V.Value))
    return ::toString(*D);
  if (auto *B = std::get_if<bool>(&V.Value))
    return *B ? "true" : "false";
  if (auto *S = std::get_if<std::string>(&V.Value))
    return '"' + *S + '"';
  if (auto *T = std::get_if<OpLineDType>(&V.Value))
    return "dtype:" + T->Name;
  if (auto *L = std::get_if<OpLineValue::List>(&V.Value)) {
    std::string S = "[";
    for (size_t I = 0; I < L->size(); ++I)
      S += (I ? "," : "") + toString((*L)[I]);
    return S + "]";
  }
  return "None";
}

const OpLineValue *OpLine::find(std::string_view Name) const {
  for (const auto &[Key, Value] : Args)
    if (Key == Name)
      return &Value;
  return nullptr;
}

bool OpLine::parse(std::string_view Text, OpLine &Out, std::string &Error) {
  Out = OpLine();
  Error.clear();
  return Parser(Text, Error).line(Out);
}

std::string OpLine::str() const {
  std::string S = Op;
  for (const auto &[Name, Value] : Args)
    S += " " + Name + "=" + toString(Value);
  if (!HasResult)
    return S;
  S += " ->";
  if (ExpectError)
    return S + " error";
  for (const OpLineTensor &T : Results)
    S += " " + T.Code + ::toString(T.Sizes);
  return S;
}
