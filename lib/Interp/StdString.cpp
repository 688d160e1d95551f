/// \file
/// std::string, and number/text conversions.
#include "Interp/StdRules.h"
#include "llvm/Support/Path.h"
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
Result ownText(LibraryCall &C) { return C.self(); }
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
/// The text itself, when the first argument is known too; else null and why not.
const std::string *textAndArgument(LibraryCall &C, Value &Why) {
  const std::string *S = text(C, C.self(), Why);
  if (!S || !C.arg(0).isUnknown())
    return S;
  Why = C.arg(0);
  return nullptr;
}
template <bool Reverse> Result find(LibraryCall &C) {
  Value Why;
  auto *S = textAndArgument(C, Why);
  if (!S)
    return Why;
  std::string What = piece(C.arg(0));
  size_t From = C.integer(1) ? static_cast<size_t>(*C.integer(1)) : Reverse ? std::string::npos : 0;
  return Value(static_cast<int64_t>(Reverse ? S->rfind(What, From) : S->find(What, From)));
}
/// find_first_of and its kin: the first or last character that is, or is not, one of a set.
template <bool Reverse, bool In> Result findCharacter(LibraryCall &C) {
  Value Why;
  auto *S = textAndArgument(C, Why);
  if (!S)
    return Why;
  llvm::StringRef Text = *S;
  std::string Set = piece(C.arg(0));
  size_t From = C.integer(1) ? static_cast<size_t>(*C.integer(1)) : Reverse ? std::string::npos : 0;
  if (Reverse && From != std::string::npos)
    Text = Text.take_front(From + 1);
  size_t At = Reverse ? (In ? Text.find_last_of(Set) : Text.find_last_not_of(Set))
                      : (In ? Text.find_first_of(Set, From) : Text.find_first_not_of(Set, From));
  return Value(static_cast<int64_t>(At));
}
template <bool End> Result startsWith(LibraryCall &C) {
  Value Why;
  auto *S = textAndArgument(C, Why);
  if (!S)
    return Why;
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

/// erase(from, count), erase(iterator), erase(first, last).
Result erase(LibraryCall &C) {
  Value Why, First = C.arg(0), Last = C.arg(1);
  auto *S = text(C, C.self(), Why);
  if (!S || First.isUnknown() || Last.isUnknown())
    return S ? (First.isUnknown() ? First : Last) : Why;
  auto *I = First.as<Iterator>(), *J = Last.as<Iterator>();
  auto Size = static_cast<int64_t>(S->size());
  int64_t From = std::clamp<int64_t>(I ? I->Index : First.integer().value_or(0), 0, Size);
  int64_t To = J ? J->Index : I ? From + 1 : Last.integer() && *Last.integer() >= 0 ? From + *Last.integer() : Size;
  To = std::clamp(To, From, Size);
  C.machine().Mem.write(C.This, make(C, S->substr(0, static_cast<size_t>(From)) + S->substr(static_cast<size_t>(To))));
  return I ? First : C.self();
}
/// insert(at, text), insert(at, count, character).
Result insert(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  auto At = C.integer(0), Count = C.integer(1);
  if (!S || !At || *At < 0 || *At > static_cast<int64_t>(S->size()) || (!Count && !C.arg(1).str()))
    return S ? C.machine().unknown("an insertion into a string", C.E) : Why;
  std::string New = C.arg(1).str() ? *C.arg(1).str()
                    : *Count < static_cast<int64_t>(MaxStringSize) ? std::string(static_cast<size_t>(std::max<int64_t>(*Count, 0)), static_cast<char>(C.integer(2).value_or(' '))) : "";
  std::string Out = *S;
  Out.insert(static_cast<size_t>(*At), New);
  C.machine().Mem.write(C.This, make(C, std::move(Out)));
  return C.This;
}

/// \name std::filesystem::path
/// @{
std::string joined(llvm::StringRef Folder, llvm::StringRef Name) {
  if (Folder.empty() || Name.starts_with("/"))
    return Name.str();
  return (Folder + (Folder.ends_with("/") ? "" : "/") + Name).str();
}
Result joinPaths(LibraryCall &C) {
  Value L = C.This ? C.self() : C.arg(0), R = C.arg(C.This ? 0 : 1);
  if (!L.str() || !R.str())
    return C.machine().unexpected("a path made from", L.str() ? R : L, C.E);
  Value V = make(C, joined(*L.str(), *R.str()));
  if (!C.This)
    return V;
  C.machine().Mem.write(C.This, V); // operator/=
  return C.This;
}
template <llvm::StringRef (*Part)(llvm::StringRef, llvm::sys::path::Style)> Result pathPart(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.self(), Why);
  return S ? make(C, Part(*S, llvm::sys::path::Style::posix).str()) : Why;
}
/// canonical(path), absolute(path): which folder the program runs in is not known, and its files are looked
/// for by the path that it writes.
Result samePath(LibraryCall &C) {
  Value Why;
  auto *S = text(C, C.arg(0), Why);
  return S ? make(C, *S) : Why;
}
/// @}

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
  if (End == S->c_str())
    return C.machine().throws("'" + *S + "' is not a number", C.E);
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

int lower(int C) { return C >= 'A' && C <= 'Z' ? C + 32 : C; }
int upper(int C) { return C >= 'a' && C <= 'z' ? C - 32 : C; }
int digit(int C) { return C >= '0' && C <= '9'; }
int space(int C) { return C == ' ' || (C >= 9 && C <= 13); }
int alpha(int C) { return lower(C) >= 'a' && lower(C) <= 'z'; }

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::stringRows() {
  static const LibraryRow Rows[] = {
      {"String::size", size}, {"String::length", size}, {"String::empty", empty},
      {"String::c_str", ownText}, {"String::data", ownText}, {"String::str", ownText},
      {"String::string", ownText}, {"String::operator conversion", ownText},
      {"String::at", at}, {"String::operator[]", at}, {"String::front", endCharacter<false>},
      {"String::back", endCharacter<true>}, {"String::substr", substr}, {"String::append", append},
      {"String::push_back", append}, {"String::operator+=", append}, {"String::assign", assign},
      {"String::operator=", assign}, {"String::clear", clear}, {"String::pop_back", popBack},
      {"String::find", find<false>}, {"String::rfind", find<true>},
      {"String::find_first_of", findCharacter<false, true>}, {"String::find_last_of", findCharacter<true, true>},
      {"String::find_first_not_of", findCharacter<false, false>}, {"String::find_last_not_of", findCharacter<true, false>},
      {"String::erase", erase}, {"String::insert", insert},
      {"String::starts_with", startsWith<false>}, {"String::ends_with", startsWith<true>},
      {"String::compare", compareTo}, {"String::replace", replace}, {"String::reserve", nothing},
      {"std::filesystem::operator/", joinPaths}, {"String::operator/=", joinPaths},
      {"std::filesystem::canonical", samePath}, {"std::filesystem::weakly_canonical", samePath},
      {"std::filesystem::absolute", samePath}, {"String::generic_string", ownText},
      {"String::lexically_normal", ownText}, {"String::parent_path", pathPart<llvm::sys::path::parent_path>},
      {"String::filename", pathPart<llvm::sys::path::filename>}, {"String::stem", pathPart<llvm::sys::path::stem>},
      {"String::extension", pathPart<llvm::sys::path::extension>},
      {"std::to_string", numberText}, {"std::stoi", toInteger}, {"std::stol", toInteger},
      {"std::stoll", toInteger}, {"std::stoul", toInteger}, {"std::stoull", toInteger},
      {"std::stof", toFloat}, {"std::stod", toFloat}, {"atoi", toInteger}, {"atof", toFloat},
      {"std::atoi", toInteger}, {"std::atof", toFloat}, {"tolower", character<lower>},
      {"toupper", character<upper>}, {"isdigit", character<digit>}, {"isspace", character<space>},
      {"isalpha", character<alpha>}, {"std::tolower", character<lower>}, {"std::toupper", character<upper>},
      {"std::isdigit", character<digit>}, {"std::isspace", character<space>},
      {"std::operator+", concatenate},
      {"printf", nothing},
      {"std::printf", nothing}, {"fprintf", nothing}, {"std::fprintf", nothing}, {"puts", nothing},
      {"fflush", nothing},
  };
  return Rows;
}
