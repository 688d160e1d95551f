/// \file
/// --dump=source and --list-models: what the front end found, before anything
/// is interpreted.
#include "Driver/Analyze.h"
#include "Frontend/SourceModel.h"

using namespace energy;
using namespace energy::frontend;

namespace {
struct Place {
  const SourceSpan &S;
};
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, Place P) {
  return OS << P.S.File << ':' << P.S.Line << ':' << P.S.Column;
}

void printClass(const SourceModel &Model, const ModuleClass &C, llvm::raw_ostream &OS) {
  OS << "class " << C.Name;
  if (!C.HolderName.empty())
    OS << " holder " << C.HolderName;
  OS << ' ' << Place{C.Location};
  if (C.isRoot())
    OS << " root";
  if (C.IsAbstract)
    OS << " abstract";
  if (C.IsSequential)
    OS << " sequential";
  if (C.Template)
    OS << " template(" << C.Instantiations.size() << ")";
  if (C.LacksDefinitions)
    OS << " lacks-definitions";
  OS << " constructors=" << C.Constructors.size() << " forwards=" << C.Forwards.size() << '\n';
  for (unsigned I : C.ContainedIn)
    OS << "  contained in " << Model.Classes[I].Name << '\n';
  for (unsigned I : C.DerivedFrom)
    OS << "  derived from " << Model.Classes[I].Name << '\n';
  for (const ConstructionSite &S : C.Constructions)
    OS << "  constructed with " << S.Arguments.size() << " arguments at " << Place{S.Location}
       << '\n';
  for (const CallSite &S : C.Calls)
    OS << "  called at " << Place{S.Location} << '\n';
}
} // namespace

void energy::printSourceModel(ParsedUnit &Unit, const SourceModel &Model, llvm::raw_ostream &OS) {
  OS << "file " << Unit.file() << '\n';
  for (const std::string &Linked : Unit.linkedFiles())
    OS << "linked " << Linked << '\n';
  for (const ModuleClass &C : Model.Classes)
    printClass(Model, C, OS);
  for (const ModelFunction &F : Model.Functions)
    OS << "function " << F.Name << ' ' << Place{F.Location}
       << (F.CalledByModule ? " helper" : "") << '\n';
  for (const ModelVariable &V : Model.Variables)
    OS << "variable " << V.Name << ' ' << V.Type << ' ' << Place{V.Location} << '\n';
}

void energy::printModelList(ParsedUnit &, const SourceModel &Model, llvm::raw_ostream &OS) {
  for (const ModuleClass &C : Model.Classes) {
    OS << C.displayName() << "  " << Place{C.Location} << "  class " << C.Name;
    if (!C.ContainedIn.empty())
      OS << ", part of " << Model.Classes[C.ContainedIn.front()].displayName();
    else if (C.IsAbstract)
      OS << ", abstract";
    else if (C.isRoot())
      OS << ", analysed by default";
    OS << '\n';
  }
  for (const ModelFunction &F : Model.Functions)
    if (!F.CalledByModule)
      OS << F.Name << "()  " << Place{F.Location} << "  function that returns a module\n";
  for (const ModelVariable &V : Model.Variables)
    OS << V.Name << "  " << Place{V.Location} << "  variable of type " << V.Type << '\n';
}
