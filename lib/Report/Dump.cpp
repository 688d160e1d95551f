/// \file
/// --dump: the result of each stage as text, for people who debug a model or us.
#include "Report/Formats.h"
#include "Support/Text.h"
#include "llvm/Support/Format.h"

using namespace energy;

namespace energy {
void dumpGraph(const Report &, const ReportOptions &, llvm::raw_ostream &);
void dumpCosts(const Report &, const ReportOptions &, llvm::raw_ostream &);
void dumpEnergy(const Report &, const ReportOptions &, llvm::raw_ostream &);
} // namespace energy

namespace {
void printHeader(const ModelReport &M, llvm::raw_ostream &OS) {
  OS << "model " << M.displayName() << " class " << M.Graph.Class << '\n';
}

/// "#4 features.0 net.cpp:12:7", with the repeat count when it is not one.
void printPlace(const ModelReport &M, size_t I, llvm::raw_ostream &OS) {
  const OpCall &C = M.Graph.Calls[I];
  OS << '#' << I;
  const std::string &Path = M.Graph.module(C.Module).Path;
  OS << ' ' << (Path.empty() ? "." : Path);
  if (C.Location.valid())
    OS << ' ' << C.Location.File << ':' << C.Location.Line << ':' << C.Location.Column;
  if (C.Repeat != 1)
    OS << " x" << C.Repeat;
}

void printModules(const ModelGraph &G, llvm::raw_ostream &OS) {
  for (const ModuleNode &M : G.Modules) {
    OS << "module " << (M.Path.empty() ? "." : M.Path) << ' ' << M.Type;
    for (const Parameter &P : M.Parameters) {
      OS << ' ' << P.Name << '=';
      if (P.Value.known())
        OS << P.Value.Type.str();
      else
        OS << "unknown";
      OS << (P.IsBuffer ? "(buffer)" : P.Trainable ? "" : "(frozen)");
    }
    OS << '\n';
  }
}
} // namespace

void energy::dumpGraph(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  for (const ModelReport &M : R.Models) {
    printHeader(M, OS);
    for (const ModelInput &In : M.Graph.Inputs) {
      OS << "input " << In.Name << ' ';
      if (auto *T = In.Value.as<TensorArg>(); T && T->known())
        OS << T->Type.str() << ' ';
      OS << '(' << In.Basis << ")\n";
    }
    printModules(M.Graph, OS);
    for (size_t I = 0; I < M.Graph.Calls.size(); ++I) {
      const OpCall &C = M.Graph.Calls[I];
      OS << toOpLine(C).str();
      if (!C.understood())
        OS << " -> unknown: " << M.Graph.unknown(C.Unknown).Reason;
      OS << "  ";
      printPlace(M, I, OS);
      OS << '\n';
    }
  }
}

void energy::dumpCosts(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  for (const ModelReport &M : R.Models) {
    printHeader(M, OS);
    for (size_t I = 0; I < M.Costs.Calls.size(); ++I) {
      const CallCost &C = M.Costs.Calls[I];
      printPlace(M, I, OS);
      OS << ' ' << M.Graph.Calls[I].Op;
      if (C.Known) {
#define FEATURE(Name, Key, Unit, Doc) OS << " " Key "=" << C.All.Name;
#include "Schema/CostFeatures.def"
      } else {
        OS << " unknown";
      }
      OS << '\n';
    }
    OS << "total";
#define FEATURE(Name, Key, Unit, Doc) OS << " " Key "=" << M.Costs.Total.Name;
#include "Schema/CostFeatures.def"
    OS << "\nparameters=" << M.Costs.Parameters
       << " parameter_bytes=" << M.Costs.Memory.ParameterBytes
       << " peak_bytes=" << M.Costs.Memory.PeakBytes << " peak_call=#"
       << M.Costs.Memory.PeakCall << '\n';
  }
}

static void dumpEstimate(const Estimate &E, llvm::raw_ostream &OS) {
  OS << ' ' << basisName(E.Kind);
  if (E.Kind != Basis::None)
    OS << ' ' << E.Type
       << llvm::format(" %.4g J (%.4g to %.4g)", E.MeanJoules, E.LowJoules, E.HighJoules);
  if (!E.Reason.empty())
    OS << " because " << E.Reason;
  OS << '\n';
  for (const TermShare &T : E.Terms)
    OS << "    " << llvm::format("%10.4g J  ", T.Joules) << T.Name
       << llvm::format(" %.6g x ", T.Units) << T.Text << '\n';
}

void energy::dumpEnergy(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  for (const ModelReport &M : R.Models)
    for (size_t D = 0; D < R.Devices.size(); ++D) {
      printHeader(M, OS);
      OS << "device " << R.Devices[D]->Name << '\n';
      for (size_t I = 0; I < M.Graph.Calls.size(); ++I) {
        printPlace(M, I, OS);
        OS << ' ' << M.Graph.Calls[I].Op;
        dumpEstimate(M.Energy[D].Calls[I], OS);
      }
      OS << "total";
      dumpEstimate(M.Energy[D].Forward, OS);
    }
}
