#include "CommandLine.h"
#include "ConfigFile.h"
#include "Checks/Check.h"
#include "Interp/InputSpec.h"
#include "Support/Text.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <thread>

using namespace energy;

namespace {
llvm::Error usage(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}

template <class T> llvm::Expected<T> choose(llvm::StringRef What, llvm::StringRef Word,
                                            llvm::ArrayRef<std::pair<llvm::StringRef, T>> Choices) {
  std::vector<llvm::StringRef> Names;
  for (const auto &[Name, Value] : Choices) {
    if (Name == Word)
      return Value;
    Names.push_back(Name);
  }
  return usage("unknown " + What + " '" + Word + "'" + didYouMean(Word, Names) + " (" +
               llvm::join(Names, ", ") + ")");
}

llvm::Expected<double> positiveNumber(llvm::StringRef Option, llvm::StringRef Text) {
  double Value;
  if (Text.getAsDouble(Value) || !(Value >= 0) || Value > 1e12)
    return usage("option '" + Option + "': '" + Text + "' is not a number");
  return Value;
}

/// Fills a CommandLine from raw options, group by group; the first error ends it.
class Interpretation {
  const RawOptions &Raw;
  CommandLine &Out;

public:
  Interpretation(const RawOptions &Raw, CommandLine &Out) : Raw(Raw), Out(Out) {}

  llvm::Error run() {
    Out.Files = Raw.Files;
    Out.Help = Raw.given(OptionId::Help);
    Out.Version = Raw.given(OptionId::Version);
    bool AsksForList = Raw.given(OptionId::Device) && Raw.last(OptionId::Device) == "list";
    Out.ListDevices = Raw.given(OptionId::ListDevices) || AsksForList;
    Out.TimeReport = Raw.given(OptionId::TimeReport);
    Out.ListChecks = Raw.given(OptionId::ListChecks);
    Out.VerifyConfig = Raw.given(OptionId::VerifyConfig);
    if (Raw.given(OptionId::DumpConfig))
      Out.EffectiveConfig = configText(Raw);
    Out.ConfigFile = Raw.ConfigFile;
    for (auto Step : {&Interpretation::output, &Interpretation::limits, &Interpretation::checks,
                      &Interpretation::frontend, &Interpretation::model,
                      &Interpretation::devices})
      if (llvm::Error E = (this->*Step)())
        return E;
    if (Out.Files.empty() && !Out.onlyInforms())
      return usage("no input file; try 'clang-energy --help'");
    return llvm::Error::success();
  }

private:
  llvm::Error output() {
    Out.Output = Raw.last(OptionId::Output).str();
    Out.Report.Summary = Raw.given(OptionId::Summary);
    Out.Report.Explain = Raw.given(OptionId::Explain);
    Out.Report.ExplainUnknowns = Raw.given(OptionId::ExplainUnknowns);
    llvm::StringRef Format = Raw.given(OptionId::Format) ? Raw.last(OptionId::Format) : "text";
    std::vector<std::pair<llvm::StringRef, const FormatDef *>> Formats, Dumps;
    for (const FormatDef &F : allFormats())
      Formats.push_back({F.Name, &F});
    for (const FormatDef &F : allDumps())
      Dumps.push_back({F.Name, &F});
    if (llvm::Error E = choose<const FormatDef *>("format", Format, Formats).moveInto(Out.Format))
      return E;
    if (Raw.given(OptionId::ListModels))
      Out.Source = printModelList;
    if (!Raw.given(OptionId::Dump))
      return llvm::Error::success();
    Dumps.push_back({"source", nullptr});
    if (Raw.last(OptionId::Dump) == "source")
      Out.Source = printSourceModel;
    return choose<const FormatDef *>("stage", Raw.last(OptionId::Dump), Dumps).moveInto(Out.Dump);
  }

  llvm::Error limits() {
    if (Raw.given(OptionId::GridIntensity))
      if (llvm::Error E = number(OptionId::GridIntensity).moveInto(Out.Report.GridGramsPerKwh))
        return E;
    if (Raw.given(OptionId::HeavyShare)) {
      llvm::Expected<double> Percent = number(OptionId::HeavyShare);
      if (!Percent)
        return Percent.takeError();
      Out.Analysis.Checks.HeavyShare = *Percent / 100;
    }
    if (Raw.given(OptionId::HeaderFilter))
      if (llvm::Error E = Out.Analysis.Filter.setHeaders(Raw.last(OptionId::HeaderFilter)))
        return usage("option '--header-filter': " + llvm::toString(std::move(E)));
    if (Raw.given(OptionId::LineFilter))
      if (llvm::Error E = Out.Analysis.Filter.setLines(Raw.last(OptionId::LineFilter)))
        return usage("option '--line-filter': " + llvm::toString(std::move(E)));
    if (!Raw.given(OptionId::FailLevel))
      return llvm::Error::success();
    return choose<std::optional<Severity>>("level", Raw.last(OptionId::FailLevel),
                                           {{"remark", Severity::Remark},
                                            {"warning", Severity::Warning},
                                            {"error", Severity::Error},
                                            {"never", std::nullopt}})
        .moveInto(Out.FailLevel);
  }
  llvm::Expected<double> number(OptionId Id) const {
    return positiveNumber(optionRow(Id).Name, Raw.last(Id));
  }

  llvm::Error checks() {
    FindingFilter &Filter = Out.Analysis.Filter;
    if (Raw.given(OptionId::Checks))
      if (llvm::Error E = Filter.setChecks(Raw.last(OptionId::Checks)))
        return usage("option '--checks': " + llvm::toString(std::move(E)));
    if (Raw.given(OptionId::WarningsAsErrors))
      if (llvm::Error E = Filter.setErrors(Raw.last(OptionId::WarningsAsErrors)))
        return usage("option '--warnings-as-errors': " + llvm::toString(std::move(E)));
    return llvm::Error::success();
  }

  llvm::Error frontend() {
    frontend::FrontendOptions &F = Out.Frontend;
    F.LibTorchDir = Raw.last(OptionId::LibTorch).str();
    F.CacheDir = Raw.last(OptionId::CacheDir).str();
    F.BuildPath = Raw.last(OptionId::BuildPath).str();
    F.FixedFlags = Raw.CompilerFlags;
    F.ExtraArgs = Raw.all(OptionId::ExtraArg);
    F.ExtraArgsBefore = Raw.all(OptionId::ExtraArgBefore);
    Out.Analysis.Jobs = std::max(1u, std::thread::hardware_concurrency());
    if (Raw.given(OptionId::Jobs) &&
        (Raw.last(OptionId::Jobs).getAsInteger(10, Out.Analysis.Jobs) || Out.Analysis.Jobs == 0))
      return usage("option '-j': '" + Raw.last(OptionId::Jobs) + "' is not a number of jobs");
    if (!Raw.given(OptionId::MissingCommand))
      return llvm::Error::success();
    using frontend::MissingCommand;
    return choose<MissingCommand>("mode", Raw.last(OptionId::MissingCommand),
                                  {{"guess", MissingCommand::Guess},
                                   {"error", MissingCommand::Error},
                                   {"skip", MissingCommand::Skip}})
        .moveInto(F.Missing);
  }

  llvm::Error model() {
    interp::InterpOptions &I = Out.Analysis.Interp;
    I.Models = Raw.all(OptionId::Model);
    if (llvm::is_contained(I.Models, ""))
      return usage("option '--model' needs a class, a variable or an expression");
    I.Training = Raw.given(OptionId::Training);
    for (const std::string &Text : Raw.all(OptionId::Input)) {
      llvm::Expected<interp::InputSpec> Spec = parseInputSpec(Text);
      if (!Spec)
        return Spec.takeError();
      I.Inputs.push_back(std::move(*Spec));
    }
    for (llvm::StringRef Text : Raw.all(OptionId::Set)) {
      auto [Name, Value] = Text.split('=');
      if (Name.trim().empty() || !Text.contains('='))
        return usage("option '--set': '" + Text + "' is not NAME=VALUE");
      I.Set[Name.trim().str()] = Value.str();
    }
    for (llvm::StringRef Text : Raw.all(OptionId::File)) {
      auto [Name, File] = Text.split('=');
      if (Name.empty() || !llvm::sys::fs::is_regular_file(File))
        return usage("option '--file': '" + Text + "' is not NAME=FILE of a file that can be read");
      Out.Frontend.DataFiles[Name.str()] = File.str();
    }
    int64_t Batch;
    if (!Raw.given(OptionId::Batch))
      return llvm::Error::success();
    if (Raw.last(OptionId::Batch).getAsInteger(10, Batch) || Batch < 1)
      return usage("option '--batch': '" + Raw.last(OptionId::Batch) + "' is not a batch size");
    I.Batch = Batch;
    return llvm::Error::success();
  }

  llvm::Error devices() {
    if (Out.ListDevices)
      return llvm::Error::success();
    std::string Names = Raw.given(OptionId::Device) ? Raw.last(OptionId::Device).str()
                                                    : defaultDevice().Name.str();
    llvm::SmallVector<llvm::StringRef, 2> List;
    llvm::StringRef(Names).split(List, ',');
    for (llvm::StringRef Name : List) {
      auto Device = loadDevice(Name.trim());
      if (!Device)
        return Device.takeError();
      Out.Analysis.Devices.push_back(std::move(*Device));
    }
    return llvm::Error::success();
  }
};
} // namespace

llvm::Expected<std::shared_ptr<const DeviceProfile>>
energy::loadDevice(llvm::StringRef NameOrPath) {
  std::string Json;
  if (const EmbeddedDevice *Embedded = findEmbeddedDevice(NameOrPath)) {
    Json = Embedded->Json.str();
  } else if (NameOrPath.contains('/') || NameOrPath.ends_with(".json")) {
    auto File = llvm::MemoryBuffer::getFile(NameOrPath);
    if (!File)
      return usage("cannot read device profile '" + NameOrPath +
                   "': " + File.getError().message());
    Json = (*File)->getBuffer().str();
  } else {
    std::vector<llvm::StringRef> Names;
    for (const EmbeddedDevice &D : embeddedDevices())
      Names.push_back(D.Name);
    return usage("unknown device '" + NameOrPath + "'" + didYouMean(NameOrPath, Names) +
                 " ('--list-devices' lists them; a profile file is given by its path)");
  }
  llvm::Expected<DeviceProfile> Profile = DeviceProfile::parse(Json);
  if (!Profile)
    return usage("device profile '" + NameOrPath +
                 "': " + llvm::toString(Profile.takeError()));
  return std::make_shared<const DeviceProfile>(std::move(*Profile));
}

llvm::Expected<CommandLine> energy::parseCommandLine(llvm::ArrayRef<const char *> Args) {
  llvm::Expected<RawOptions> Raw = splitWords(Args);
  if (!Raw)
    return Raw.takeError();
  if (llvm::Error E = addConfiguration(*Raw))
    return E;
  CommandLine Out;
  if (llvm::Error E = Interpretation(*Raw, Out).run())
    return E;
  return Out;
}

void energy::printHelp(llvm::raw_ostream &OS) {
  OS << "usage: clang-energy [options] FILE... [-- compiler flags]\n\n"
        "Estimates the energy of PyTorch models written in C++ (LibTorch) from their source,\n"
        "without running them.\n\n";
  for (const OptionRow &R : optionRows()) {
    std::string Left = R.Name.str();
    if (R.Kind != OptionKind::Flag)
      Left += (R.Name.starts_with("--") ? "=" : " ") + R.Meta.str();
    constexpr size_t Width = 34;
    OS << "  " << Left;
    if (Left.size() + 1 > Width)
      OS << "\n  " << std::string(Width, ' ');
    else
      OS << std::string(Width - Left.size(), ' ');
    OS << R.Help << (R.Kind == OptionKind::List ? " (repeatable)" : "") << '\n';
  }
  OS << "\nexit status: 0 nothing at or above --fail-level; 1 findings; 2 wrong usage, configuration or\n"
        "device profile; 3 some file could not be analysed; 128+n ended by signal n\n";
}
