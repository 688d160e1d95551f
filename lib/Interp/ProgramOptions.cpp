/// \file
/// Hyper-parameters that a program takes from its command line:
/// `vm["nf"].as<size_t>()` and the like answer --set, else the declared default.
#include "Interp/Machine.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// vm["name"]: a value that knows its name until as<T>() asks for it.
Result lookUp(LibraryCall &C) {
  return Value(C.machine().Mem.tagged("option", {C.arg(0)}));
}

Result as(LibraryCall &C) {
  Machine &M = C.machine();
  auto *T = C.self().get<Tagged>();
  if (!T || T->Tag != "option" || !T->Items[0].str())
    return C.self().isUnknown() ? C.self() : M.unknown("a command-line option whose name is not known", C.E);
  Value V = M.programOption(*T->Items[0].str(), C.E);
  if (auto *S = V.str()) { // --set gives text: read it as the type asked for
    QualType To = C.E->getType().getNonReferenceType();
    if (To->isBooleanType())
      return Value(*S == "true" || *S == "1" || *S == "on" || *S == "yes");
    if (To->isArithmeticType())
      return M.convertNumber(To->isFloatingType() ? Value(std::strtod(S->c_str(), nullptr))
                                                  : Value(static_cast<int64_t>(std::strtoll(S->c_str(), nullptr, 10))), To);
  }
  return V;
}

Result count(LibraryCall &C) {
  Machine &M = C.machine();
  if (auto *Name = C.arg(0).str())
    return Value(static_cast<int64_t>(M.Options.Set.count(*Name) || M.hasProgramOption(*Name)));
  return C.arg(0);
}

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::programOptionRows() {
  static const LibraryRow Rows[] = {
      {"ProgramOptions::operator[]", lookUp},
      {"ProgramOptions::at", lookUp},
      {"ProgramOptions::as", as},
      {"ProgramOptions::count", count},
      {"ProgramOptions::contains", count},
  };
  return Rows;
}

bool Machine::hasProgramOption(llvm::StringRef Name) {
  return ProgramOptions.count(Name.str()) != 0;
}

Value Machine::programOption(llvm::StringRef Name, const Expr *E) {
  if (auto It = Options.Set.find(Name.str()); It != Options.Set.end())
    return Mem.string(It->second);
  if (auto It = ProgramOptions.find(Name.str()); It != ProgramOptions.end())
    return It->second;
  return unknown("command-line option '" + Name + "' has no default", E, ("--set " + Name + "=VALUE").str());
}
