/// \file
/// The text format: what a person wants to know of each model. The findings
/// themselves are printed by the driver, with source lines and carets.
#include "Checks/Check.h"
#include "Report/Formats.h"
#include "Report/Markup.h"
#include "Support/Text.h"

using namespace energy;

namespace energy {
void writeText(const Report &, const ReportOptions &, llvm::raw_ostream &);
}

void energy::writeInputs(const ModelGraph &G, llvm::raw_ostream &OS) {
  for (const ModelInput &In : G.Inputs) {
    OS << "  input '" << In.Name << "'";
    if (auto *T = In.Value.as<TensorArg>(); T && T->known())
      OS << ' ' << shapeText(T->Type.Shape) << ' ' << dtypeName(T->Type.Type);
    OS << " (" << In.Basis << (In.Note.empty() ? "" : ": ") << In.Note << ")\n";
  }
  for (const std::string &A : G.Assumptions)
    OS << "  assumed: " << A << '\n';
}

/// "reason (place); give ..."
static void writeReason(const Unknown &U, llvm::raw_ostream &OS) {
  OS << U.Reason;
  if (U.Location.valid())
    OS << " (" << placeText(U.Location) << ")";
  OS << (U.Give.empty() ? "" : "; give ") << U.Give;
}

/// Every call that is in no total, and why; calls with the same cause together.
static void writeLeftOut(const ModelReport &M, llvm::raw_ostream &OS) {
  const ModelGraph &G = M.Graph;
  std::vector<std::vector<const OpCall *>> ByCause(G.Unknowns.size());
  for (const OpCall &C : G.Calls)
    if (!C.understood())
      ByCause[static_cast<uint32_t>(C.Unknown)].push_back(&C);
  for (size_t I = 0; I < ByCause.size(); ++I) {
    if (ByCause[I].empty())
      continue;
    const Unknown &U = G.Unknowns[I];
    OS << "  left out, because ";
    writeReason(U, OS);
    OS << ":\n";
    for (const OpCall *C : ByCause[I]) {
      OS << "    " << C->Op;
      if (!G.module(C->Module).Path.empty())
        OS << " in '" << G.module(C->Module).Path << "'";
      OS << (C->Location.valid() ? " at " : "") << placeText(C->Location) << '\n';
    }
  }
}

void energy::writeHeadline(const Report &R, const ModelReport &M, llvm::raw_ostream &OS) {
  OS << "model '" << M.Graph.Name << "'";
  if (llvm::StringRef(M.Graph.Expression).contains('('))
    OS << " as " << M.Graph.Expression;
  if (M.empty()) {
    bool NothingToDo = M.Graph.Calls.empty() && M.Graph.Unknowns.empty() && M.Graph.Findings.empty();
    OS << (NothingToDo ? ": its forward() calls nothing of LibTorch\n" : ": not reconstructed\n");
    return;
  }
  OS << ": " << macsText(M.Costs.Total.Macs) << ", " << countText(M.Costs.Parameters)
     << " parameters";
  for (size_t D = 0; D < R.Devices.size(); ++D) {
    const Estimate &E = M.Energy[D].Forward;
    OS << (D ? ";" : ",") << " about " << joulesText(E.MeanJoules) << " per forward pass ("
       << joulesRangeText(E.LowJoules, E.HighJoules) << ") on '" << R.Devices[D]->Name << "' ("
       << deviceBasisText(*R.Devices[D])
       << (E.Kind == Basis::Fitted ? "" : estimateBasisText(E)) << ")";
  }
  OS << '\n';
}

/// A reason that hides no call can still be why the model is empty, or why
/// it was not followed to its end.
void energy::writeCoverage(const ModelReport &M, llvm::raw_ostream &OS) {
  const ModelGraph &G = M.Graph;
  OS << "  " << G.understoodCalls() << " of " << pluralText(G.Calls.size(), "call")
     << " understood\n";
  writeLeftOut(M, OS);
  for (const Unknown &U : G.Unknowns) {
    bool EndsHere = U.HidesCalls == 0 && llvm::any_of(G.Outputs, [&](const TensorArg &Out) {
      return Out.Unknown != UnknownId::None && &G.unknown(Out.Unknown) == &U;
    });
    if (!G.Calls.empty() && !EndsHere)
      continue;
    OS << (G.Calls.empty() ? "  " : "  the result is not known, because ");
    writeReason(U, OS);
    OS << '\n';
  }
}

void energy::writeText(const Report &R, const ReportOptions &Options, llvm::raw_ostream &OS) {
  for (const ModelReport &M : R.Models) {
    writeHeadline(R, M, OS);
    writeInputs(M.Graph, OS);
    if (Options.Summary && !M.empty())
      writeSummary(R, M, Options, OS);
    if (Options.Explain && !M.empty())
      writeExplanation(R, M, OS);
    writeCoverage(M, OS);
  }
  if (Options.ExplainUnknowns)
    writeUnknowns(R, OS);
}

void energy::writeUnknowns(const Report &R, llvm::raw_ostream &OS) {
  std::vector<std::pair<const ModelReport *, const Unknown *>> All;
  for (const ModelReport &M : R.Models)
    for (const Unknown &U : M.Graph.Unknowns)
      All.push_back({&M, &U});
  std::vector<size_t> Order(All.size());
  for (size_t I = 0; I < Order.size(); ++I)
    Order[I] = I;
  llvm::sort(Order, [&](size_t A, size_t B) {
    uint64_t HidesA = All[A].second->HidesCalls, HidesB = All[B].second->HidesCalls;
    return HidesA != HidesB ? HidesA > HidesB : A < B;
  });
  if (All.empty())
    OS << "nothing is unknown\n";
  for (size_t I : Order) {
    const auto &[M, U] = All[I];
    OS << "hides " << pluralText(U->HidesCalls, "call") << " of '" << M->Graph.Name
       << "': ";
    writeReason(*U, OS);
    OS << '\n';
  }
}
