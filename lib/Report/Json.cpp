/// \file
/// The JSON format. docs/report.schema.json describes every key; keys are never
/// removed or given another meaning within one "version". What is not known is null.
#include "Report/Formats.h"
#include "Report/Markup.h"
#include "llvm/Support/JSON.h"
#include <cmath>

using namespace energy;

namespace energy {
void writeJson(const Report &, const ReportOptions &, llvm::raw_ostream &);
void writeJsonLines(const Report &, const ReportOptions &, llvm::raw_ostream &);
}

namespace {
constexpr int SchemaVersion = 1;

class JsonWriter {
  const Report &R;
  llvm::json::OStream J;

public:
  JsonWriter(const Report &R, llvm::raw_ostream &OS, unsigned Indent = 1) : R(R), J(OS, Indent) {}

  void write() {
    J.object([&] {
      head();
      J.attributeArray("models", [&] {
        for (const ModelReport &M : R.Models)
          J.object([&] { model(M); });
      });
      J.attributeArray("findings", [&] {
        for (const Finding &F : R.Findings)
          J.object([&] { finding(F); });
      });
      J.attributeArray("failures", [&] {
        for (const FileFailure &F : R.Failures)
          J.object([&] { failure(F); });
      });
    });
  }
  /// \name One object each, for a line of its own
  /// @{
  void writeHead() {
    J.object([&] { head(); });
  }
  void write(const ModelReport &M) {
    J.object([&] { J.attributeObject("model", [&] { model(M); }); });
  }
  void write(const Finding &F) {
    J.object([&] { J.attributeObject("finding", [&] { finding(F); }); });
  }
  void write(const FileFailure &F) {
    J.object([&] { J.attributeObject("failure", [&] { failure(F); }); });
  }
  /// @}

private:
  /// Names and messages come from files that need not be UTF-8.
  static std::string text(llvm::StringRef S) { return llvm::json::fixUTF8(S); }

  void head() {
    J.attribute("version", SchemaVersion);
    J.attributeObject("tool", [&] {
      J.attribute("name", "clang-energy");
      J.attribute("version", R.Version);
    });
    J.attributeObject("device", [&] { device(*R.Devices.front()); });
    J.attributeArray("devices", [&] {
      for (const auto &D : R.Devices)
        J.object([&] { device(*D); });
    });
  }
  void failure(const FileFailure &F) {
    J.attribute("file", text(F.File));
    J.attribute("message", text(F.Message));
  }
  void device(const DeviceProfile &D) {
    J.attribute("name", text(D.Name));
    J.attribute("title", text(D.Title));
    J.attribute("meter", text(D.Meter));
    J.attribute("basis", text(D.Basis));
  }
  void location(llvm::StringRef Key, const SourceSpan &S) {
    J.attributeBegin(Key);
    if (S.valid())
      J.object([&] {
        J.attribute("file", text(S.File));
        J.attribute("line", S.Line);
        J.attribute("column", S.Column);
      });
    else
      J.value(nullptr);
    J.attributeEnd();
  }
  void shape(const TensorArg &T) {
    if (!T.known())
      return J.value(nullptr);
    J.array([&] {
      for (int64_t Size : T.Type.Shape)
        J.value(Size);
    });
  }
  void energy(llvm::StringRef Key, const Estimate &E, uint64_t Times = 1) {
    J.attributeBegin(Key);
    auto Repeats = static_cast<double>(Times);
    if (E.Kind == Basis::None)
      J.value(nullptr);
    else
      J.object([&] {
        J.attribute("mean", E.MeanJoules * Repeats);
        J.attribute("low", E.LowJoules * Repeats);
        J.attribute("high", E.HighJoules * Repeats);
        J.attribute("basis", basisName(E.Kind));
        if (!E.Reason.empty())
          J.attribute("reason", text(E.Reason));
      });
    J.attributeEnd();
  }

  void model(const ModelReport &M) {
    const ModelGraph &G = M.Graph;
    J.attribute("name", text(G.Name));
    J.attribute("class", text(G.Class));
    J.attribute("expression", text(G.Expression));
    J.attribute("file", text(M.File));
    location("location", G.Location);
    J.attributeArray("inputs", [&] {
      for (const ModelInput &In : G.Inputs)
        J.object([&] { input(In); });
    });
    J.attributeArray("assumptions", [&] {
      for (const std::string &A : G.Assumptions)
        J.value(text(A));
    });
    J.attributeObject("coverage", [&] {
      J.attribute("calls", static_cast<int64_t>(G.Calls.size()));
      J.attribute("understood", static_cast<int64_t>(G.understoodCalls()));
    });
    J.attributeObject("totals", [&] { totals(M); });
    J.attributeArray("calls", [&] {
      for (size_t I = 0; I < G.Calls.size(); ++I)
        J.object([&] { call(M, I); });
    });
    J.attributeArray("outputs", [&] {
      for (const TensorArg &T : G.Outputs)
        shape(T);
    });
    J.attributeArray("unknowns", [&] {
      for (const Unknown &U : G.Unknowns)
        J.object([&] { unknown(U); });
    });
  }
  void input(const ModelInput &In) {
    J.attribute("name", text(In.Name));
    auto *T = In.Value.as<TensorArg>();
    if (T && T->known()) {
      J.attributeBegin("shape");
      shape(*T);
      J.attributeEnd();
      J.attribute("dtype", dtypeName(T->Type.Type));
    } else if (auto *List = In.Value.as<std::vector<TensorArg>>()) {
      J.attributeArray("shapes", [&] {
        for (const TensorArg &Item : *List)
          shape(Item);
      });
    } else {
      attribute({"value", In.Value});
    }
    J.attribute("basis", text(In.Basis));
    if (!In.Note.empty())
      J.attribute("note", text(In.Note));
  }
  void totals(const ModelReport &M) {
    if (M.empty()) {
      J.attribute("macs", nullptr);
      J.attribute("parameters", nullptr);
      J.attribute("energy_j", nullptr);
      return;
    }
    J.attribute("macs", M.Costs.Total.Macs);
    J.attribute("parameters", M.Costs.Parameters);
    energy("energy_j", M.Energy.front().Forward);
    J.attribute("parameter_bytes", M.Costs.Memory.ParameterBytes);
    J.attribute("peak_memory_bytes", M.Costs.Memory.PeakBytes);
    J.attributeArray("by_device", [&] {
      for (size_t D = 0; D < R.Devices.size(); ++D)
        J.object([&] {
          J.attribute("device", text(R.Devices[D]->Name));
          energy("energy_j", M.Energy[D].Forward);
        });
    });
    if (const auto &T = M.Energy.front().Training)
      J.attributeObject("training_step", [&] {
        J.attribute("backward_macs", M.Training->BackwardMacs);
        J.attribute("trainable_parameters", M.Training->TrainableParameters);
        energy("energy_j", T->Step);
        energy("backward_energy_j", T->Backward);
        energy("update_energy_j", T->Update);
      });
  }
  void unknown(const Unknown &U) {
    J.attribute("reason", text(U.Reason));
    location("location", U.Location);
    J.attribute("hides_calls", static_cast<int64_t>(U.HidesCalls));
    if (!U.Give.empty())
      J.attribute("give", text(U.Give));
  }

  void call(const ModelReport &M, size_t I) {
    const OpCall &C = M.Graph.Calls[I];
    const CallCost &Cost = M.Costs.Calls[I];
    const ModuleNode &Module = M.Graph.module(C.Module);
    J.attribute("op", text(C.Op));
    J.attribute("module", text(Module.Path));
    J.attributeArray("inputs", [&] {
      for (const TensorArg &T : C.tensorInputs())
        shape(T);
    });
    J.attributeArray("outputs", [&] {
      for (const TensorArg &T : C.Results)
        if (T.Defined)
          shape(T);
    });
    J.attributeObject("attributes", [&] {
      for (const NamedArg &A : C.Args)
        attribute(A);
    });
    if (Cost.Known)
      J.attribute("macs", Cost.All.Macs);
    else
      J.attribute("macs", nullptr);
    J.attribute("parameters", Cost.Parameters);
    J.attribute("repeat", static_cast<int64_t>(C.Repeat));
    energy("energy_j", M.Energy.front().Calls[I], C.Repeat);
    location("location", isLayer(Module) && Module.Construction.valid() ? Module.Construction
                                                                       : C.Location);
    location("call_location", C.Location);
    if (!C.understood())
      J.attribute("unknown", text(M.Graph.unknown(C.Unknown).Reason));
  }
  /// An argument that is no tensor. Tensors stand under "inputs".
  void attribute(const NamedArg &A) {
    const ArgValue &V = A.Value;
    if (V.as<TensorArg>() || V.as<std::vector<TensorArg>>())
      return;
    J.attributeBegin(text(A.Name));
    if (auto *I = V.as<int64_t>())
      J.value(*I);
    else if (auto *D = V.as<double>())
      number(*D);
    else if (auto *B = V.as<bool>())
      J.value(*B);
    else if (auto *S = V.as<std::string>())
      J.value(text(*S));
    else if (auto *T = V.as<DType>())
      J.value(dtypeName(*T));
    else if (auto *Ints = V.as<std::vector<int64_t>>())
      J.array([&] { llvm::for_each(*Ints, [&](int64_t X) { J.value(X); }); });
    else if (auto *Doubles = V.as<std::vector<double>>())
      J.array([&] { llvm::for_each(*Doubles, [&](double X) { number(X); }); });
    else if (auto *Bools = V.as<std::vector<bool>>())
      J.array([&] { llvm::for_each(*Bools, [&](bool X) { J.value(X); }); });
    else
      J.value(nullptr);
    J.attributeEnd();
  }
  /// JSON has no infinity and no NaN.
  void number(double X) {
    if (std::isfinite(X))
      J.value(X);
    else
      J.value(std::isnan(X) ? "nan" : X > 0 ? "inf" : "-inf");
  }

  void finding(const Finding &F) {
    J.attribute("check", text(F.Check));
    J.attribute("severity", severityText(F.Level));
    J.attribute("message", text(F.Message));
    location("location", F.Location);
    J.attribute("module", text(F.ModulePath));
    J.attributeArray("notes", [&] {
      for (const FindingNote &N : F.Notes)
        J.object([&] {
          J.attribute("message", text(N.Message));
          location("location", N.Location);
        });
    });
    J.attribute("fix", nullptr);
  }
};
} // namespace

void energy::writeJson(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  JsonWriter(R, OS).write();
  OS << '\n';
}

void energy::writeJsonLines(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  JsonWriter(R, OS, 0).writeHead();
  OS << '\n';
  auto WriteAll = [&](const auto &Items) {
    for (const auto &Item : Items) {
      JsonWriter(R, OS, 0).write(Item);
      OS << '\n';
    }
  };
  WriteAll(R.Models);
  WriteAll(R.Findings);
  WriteAll(R.Failures);
}
