/// \file
/// std::string, streams used to build text, and number/text conversions.
#include "Interp/Machine.h"
#include <algorithm>

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

/// The text a method is called on; on failure sets \p Why.
const std::string *text(LibraryCall &C, const Value &V, Value &Why) {
  if (auto *S = V.str())
    return S;
  Why = C.machine().unexpected("a string is expected, not", V, C.E);
  return nullptr;
}
Value make(LibraryCall &C, std::string S) {
  if (S.size() > MaxStringSize) {
    Value V = C.machine().stop("a string grows beyond " + llvm::Twine(MaxStringSize) + " characters", C.E);
    C.machine().StopIsLimit = true;
    return V;
  }
  return C.machine().Mem.string(std::move(S));
}
/// A character or a string as text.
std::string piece(const Value &V) {
  if (auto *S = V.str())
    return *S;
  if (auto *I = V.as<int64_t>())
    return std::string(1, static_cast<char>(*I));
  return "";
}

Result size(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  return S ? Value(static_cast<int64_t>(S->size())) : Why;
}
Result empty(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  return S ? Value(S->empty()) : Why;
}
Result itself(LibraryCall &C) { return C.self(); }
Result at(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  auto I = C.integer(0);
  if (!S || !I)
    return S ? C.arg(0) : Why;
  if (*I < 0 || *I >= static_cast<int64_t>(S->size()))
    return C.machine().unknown("a character outside a string", C.E);
  return Value(static_cast<int64_t>((*S)[static_cast<size_t>(*I)]));
}
template <bool Last> Result endCharacter(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  if (!S || S->empty())
    return S ? C.machine().unknown("a character of an empty string", C.E) : Why;
  return Value(static_cast<int64_t>(Last ? S->back() : S->front()));
}
Result substr(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  if (!S)
    return Why;
  auto From = C.integer(0), N = C.integer(1);
  if (From && *From > static_cast<int64_t>(S->size()))
    return C.machine().unknown("a substring outside a string", C.E);
  return make(C, S->substr(static_cast<size_t>(From.value_or(0)), N ? static_cast<size_t>(*N) : std::string::npos));
}
Result append(LibraryCall &C) {
  Value Why, Other = C.arg(0);
  auto *S = text(C, C.self(), Why);
  if (!S || Other.isUnknown()) {
    C.machine().Mem.write(C.This, S ? Other : Why);
    return C.This;
  }
  C.machine().Mem.write(C.This, make(C, *S + piece(Other)));
  return C.This;
}
Result assign(LibraryCall &C) {
  Value V = C.arg(0);
  C.machine().Mem.write(C.This, V.as<int64_t>() ? make(C, piece(V)) : V);
  return C.This;
}
Result clear(LibraryCall &C) {
  C.machine().Mem.write(C.This, C.machine().Mem.string(""));
  return Value(Null());
}
Result popBack(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  if (S && !S->empty())
    C.machine().Mem.write(C.This, make(C, S->substr(0, S->size() - 1)));
  return Value(Null());
}
template <bool Reverse> Result find(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  if (!S || C.arg(0).isUnknown())
    return S ? C.arg(0) : Why;
  std::string What = piece(C.arg(0));
  size_t From = C.integer(1) ? static_cast<size_t>(*C.integer(1)) : Reverse ? std::string::npos : 0;
  return Value(static_cast<int64_t>(Reverse ? S->rfind(What, From) : S->find(What, From)));
}
template <bool End> Result startsWith(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  if (!S || C.arg(0).isUnknown())
    return S ? C.arg(0) : Why;
  llvm::StringRef T = *S;
  std::string What = piece(C.arg(0));
  return Value(End ? T.ends_with(What) : T.starts_with(What));
}
Result compareTo(LibraryCall &C) {
  if (C.self().isUnknown() || C.arg(0).isUnknown())
    return C.self().isUnknown() ? C.self() : C.arg(0);
  return Value(static_cast<int64_t>(compare(C.self(), C.arg(0)).value_or(1)));
}
Result replace(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  auto From = C.integer(0), N = C.integer(1);
  auto *New = C.arg(2).str();
  if (!S || !From || !N || !New || *From > static_cast<int64_t>(S->size()))
    return S ? C.machine().unknown("a replacement in a string", C.E) : Why;
  std::string Out = *S;
  Out.replace(static_cast<size_t>(*From), static_cast<size_t>(*N), *New);
  C.machine().Mem.write(C.This, make(C, Out));
  return C.This;
}

Result numberText(LibraryCall &C) {
  Value V = C.arg(0);
  if (V.isUnknown())
    return V;
  return make(C, C.machine().textOf(V));
}
Result toInteger(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.arg(0), Why);
  if (!S)
    return Why;
  char *End = nullptr;
  long long V = std::strtoll(S->c_str(), &End, C.integer(2) ? static_cast<int>(*C.integer(2)) : 10);
  if (End == S->c_str()) {
    Value Stop = C.machine().stop("'" + *S + "' is not a number", C.E);
    C.machine().StopIsThrow = true;
    return Stop;
  }
  return Value(static_cast<int64_t>(V));
}
Result toFloat(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.arg(0), Why);
  return S ? Value(std::strtod(S->c_str(), nullptr)) : Why;
}
template <int (*F)(int)> Result character(LibraryCall &C) {
  auto I = C.integer(0);
  return I ? Value(static_cast<int64_t>(F(static_cast<int>(*I)))) : C.arg(0);
}

/// a + b of strings and characters.
Result concatenate(LibraryCall &C) {
  Value L = C.arg(0), R = C.arg(1);
  if (L.isUnknown() || R.isUnknown())
    return L.isUnknown() ? L : R;
  if (L.as<Iterator>() || R.as<Iterator>())
    return C.machine().binary(BO_Add, L.as<Iterator>() ? L : R, L.as<Iterator>() ? R : L, C.E->getType(), C.E);
  return make(C, piece(L) + piece(R));
}

/// A stream keeps its text in Items[0]; std::cout's is never read.
Result streamOut(LibraryCall &C) {
  Cell *Stream = C.This ? C.This : C.place(0);
  Value V = C.arg(C.This ? 0 : 1);
  if (auto *T = Stream->V.get<Tagged>(); T && T->Tag == "Stream" && !T->Items.empty()) {
    if (V.isUnknown())
      C.machine().Mem.write(Stream, C.machine().Mem.tagged("Stream", {V}));
    else if (auto *S = T->Items[0].str())
      C.machine().Mem.write(Stream, C.machine().Mem.tagged("Stream", {make(C, *S + (V.str() || V.isNumber() ? C.machine().textOf(V) : ""))}));
  }
  return Stream;
}
Result streamText(LibraryCall &C) {
  auto *T = C.self().get<Tagged>();
  return T && T->Tag == "Stream" && !T->Items.empty() ? T->Items[0] : C.machine().Mem.string("");
}
/// Reading: what a file or the user gives is outside the source.
Result streamRead(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why = M.unknown("the program reads a file or its input here", C.E);
  for (unsigned I = 0; I < C.size(); ++I)
    if (C.result(I).Place)
      M.Mem.write(C.result(I).Place, Why);
  return Why;
}
Result nothing(LibraryCall &C) {
  C.values();
  return Value(Null());
}
int lower(int C) { return C >= 'A' && C <= 'Z' ? C + 32 : C; }
int upper(int C) { return C >= 'a' && C <= 'z' ? C - 32 : C; }
int digit(int C) { return C >= '0' && C <= '9'; }
int space(int C) { return C == ' ' || (C >= 9 && C <= 13); }
int alpha(int C) { return lower(C) >= 'a' && lower(C) <= 'z'; }

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::stringRows() {
  static const LibraryRow Rows[] = {
      {"String::size", size}, {"String::length", size}, {"String::empty", empty},
      {"String::c_str", itself}, {"String::data", itself}, {"String::str", itself},
      {"String::string", itself}, {"String::operator conversion", itself},
      {"String::at", at}, {"String::operator[]", at}, {"String::front", endCharacter<false>},
      {"String::back", endCharacter<true>}, {"String::substr", substr}, {"String::append", append},
      {"String::push_back", append}, {"String::operator+=", append}, {"String::assign", assign},
      {"String::operator=", assign}, {"String::clear", clear}, {"String::pop_back", popBack},
      {"String::find", find<false>}, {"String::rfind", find<true>},
      {"String::find_first_of", find<false>}, {"String::find_last_of", find<true>},
      {"String::starts_with", startsWith<false>}, {"String::ends_with", startsWith<true>},
      {"String::compare", compareTo}, {"String::replace", replace}, {"String::reserve", nothing},
      {"std::to_string", numberText}, {"std::stoi", toInteger}, {"std::stol", toInteger},
      {"std::stoll", toInteger}, {"std::stoul", toInteger}, {"std::stoull", toInteger},
      {"std::stof", toFloat}, {"std::stod", toFloat}, {"atoi", toInteger}, {"atof", toFloat},
      {"std::atoi", toInteger}, {"std::atof", toFloat}, {"tolower", character<lower>},
      {"toupper", character<upper>}, {"isdigit", character<digit>}, {"isspace", character<space>},
      {"isalpha", character<alpha>}, {"std::tolower", character<lower>}, {"std::toupper", character<upper>},
      {"std::isdigit", character<digit>}, {"std::isspace", character<space>},
      {"std::operator+", concatenate},
      {"std::operator<<", streamOut}, {"Stream::operator<<", streamOut}, {"Stream::str", streamText},
      {"c10::operator<<", streamOut}, {"at::operator<<", streamOut}, {"torch::operator<<", streamOut},
      {"std::operator>>", streamRead}, {"Stream::operator>>", streamRead}, {"std::getline", streamRead},
      {"Stream::read", streamRead}, {"Stream::get", streamRead}, {"Stream::eof", streamRead},
      {"Stream::good", streamRead}, {"Stream::fail", streamRead}, {"Stream::operator!", streamRead},
      {"Stream::is_open", streamRead}, {"Stream::operator conversion", streamRead},
      {"Stream::flush", nothing}, {"Stream::close", nothing}, {"Stream::open", nothing},
      {"Stream::precision", nothing}, {"Stream::width", nothing}, {"Stream::write", nothing},
      {"std::endl", nothing}, {"std::flush", nothing}, {"std::setw", nothing},
      {"std::setfill", nothing}, {"std::setprecision", nothing}, {"printf", nothing},
      {"std::printf", nothing}, {"fprintf", nothing}, {"std::fprintf", nothing}, {"puts", nothing},
      {"fflush", nothing},
  };
  return Rows;
}
