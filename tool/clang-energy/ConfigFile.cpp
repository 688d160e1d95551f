#include "ConfigFile.h"
#include "Support/Text.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace energy;
namespace path = llvm::sys::path;

namespace {

/// What a run is to do, and where it writes, is not the project's to say.
bool isConfigurable(OptionId Id) {
  switch (Id) {
  case OptionId::Help:
  case OptionId::Version:
  case OptionId::TimeReport:
  case OptionId::Output:
  case OptionId::Dump:
  case OptionId::ListModels:
  case OptionId::ListDevices:
  case OptionId::ListChecks:
  case OptionId::ConfigFile:
  case OptionId::DumpConfig:
  case OptionId::VerifyConfig:
  case OptionId::CacheDir:
  case OptionId::BuildPath:
  case OptionId::Jobs:
    return false;
  default:
    return true;
  }
}

/// "HeavyShare" of "--heavy-share".
std::string keyOf(const OptionRow &Row) {
  std::string Key;
  bool Upper = true;
  for (char C : Row.Name.ltrim('-')) {
    if (C != '-')
      Key += Upper ? llvm::toUpper(C) : C;
    Upper = C == '-';
  }
  return Key;
}

/// One file: its options, and whether the parent's are wanted too.
class ConfigReader {
  std::string File;
  llvm::SourceMgr Sources;
  std::string Syntax; ///< the first error of the YAML parser

public:
  RawOptions Options;
  bool Inherit = false;

  explicit ConfigReader(llvm::StringRef File) : File(File) {
    Sources.setDiagHandler(
        [](const llvm::SMDiagnostic &D, void *Out) {
          auto &Text = *static_cast<std::string *>(Out);
          if (Text.empty())
            Text = "line " + std::to_string(D.getLineNo()) + ": " + D.getMessage().str();
        },
        &Syntax);
  }

  llvm::Error read() {
    auto Buffer = llvm::MemoryBuffer::getFile(File, true);
    if (!Buffer)
      return error(Buffer.getError().message());
    llvm::yaml::Stream Stream((*Buffer)->getBuffer(), Sources);
    for (llvm::yaml::Document &D : Stream) {
      llvm::yaml::Node *Root = D.getRoot();
      auto *Map = llvm::dyn_cast_or_null<llvm::yaml::MappingNode>(Root);
      if (!Map && Root && !llvm::isa<llvm::yaml::NullNode>(Root))
        return error("not a map from options to values");
      for (auto It = Map ? Map->begin() : llvm::yaml::MappingNode::iterator(), End = llvm::yaml::MappingNode::iterator();
           It != End; ++It)
        if (llvm::Error E = entry(*It))
          return E;
      break;
    }
    return Stream.failed() ? error(Syntax) : llvm::Error::success();
  }

private:
  llvm::Error error(const llvm::Twine &Why) const {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "configuration '" + llvm::Twine(File) + "': " + Why);
  }
  std::string lineOf(const llvm::yaml::Node *N) const {
    return "line " + std::to_string(Sources.getLineAndColumn(N->getSourceRange().Start).first) + ": ";
  }

  static std::optional<std::string> scalar(llvm::yaml::Node *N) {
    auto *Scalar = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(N);
    llvm::SmallString<64> Storage;
    return Scalar ? std::optional(Scalar->getValue(Storage).str()) : std::nullopt;
  }

  llvm::Error entry(llvm::yaml::KeyValueNode &Entry) {
    llvm::yaml::Node *KeyNode = Entry.getKey();
    std::optional<std::string> Key = scalar(KeyNode);
    if (!Key)
      return error(Syntax.empty() ? "a key that is no word" : llvm::Twine(Syntax));
    std::string Line = lineOf(KeyNode);
    std::vector<std::string> Values;
    llvm::yaml::Node *ValueNode = Entry.getValue();
    if (auto *List = llvm::dyn_cast_or_null<llvm::yaml::SequenceNode>(ValueNode)) {
      for (llvm::yaml::Node &Item : *List)
        if (std::optional<std::string> V = scalar(&Item))
          Values.push_back(*V);
        else
          return error(Line + "'" + *Key + "' holds something else than values");
    } else if (std::optional<std::string> V = scalar(ValueNode)) {
      Values.push_back(*V);
    } else {
      return error(Line + "'" + *Key + "' has neither a value nor a list of values");
    }
    if (*Key != "InheritParentConfig")
      return set(*Key, Line, std::move(Values));
    Inherit = Values == std::vector<std::string>{"true"};
    return Inherit || Values == std::vector<std::string>{"false"}
               ? llvm::Error::success()
               : error(Line + "'InheritParentConfig' is true or false");
  }

  llvm::Error set(llvm::StringRef Key, llvm::StringRef Line, std::vector<std::string> Values) {
    std::vector<std::string> Known = {"InheritParentConfig"};
    for (size_t I = 0; I < OptionCount; ++I) {
      const OptionRow &Row = optionRows()[I];
      if (!isConfigurable(OptionId(I)))
        continue;
      Known.push_back(keyOf(Row));
      if (Known.back() != Key)
        continue;
      if (!Options.Values[I].empty())
        return error(Line + "'" + Key + "' is given twice");
      if (Row.Kind == OptionKind::Flag) {
        if (Values.size() != 1 || (Values[0] != "true" && Values[0] != "false"))
          return error(Line + "'" + Key + "' is true or false");
        if (Values[0] == "true")
          Options.Values[I].emplace_back();
        return llvm::Error::success();
      }
      for (std::string &V : Values)
        V = fromHere(OptionId(I), V);
      if (Row.Kind == OptionKind::Value)
        Values = {llvm::join(Values, ",")};
      Options.Values[I] = std::move(Values);
      return llvm::Error::success();
    }
    std::vector<llvm::StringRef> Names(Known.begin(), Known.end());
    return error(Line + "unknown key '" + Key + "'" + didYouMean(Key, Names));
  }

  /// Paths are relative to the file that they stand in.
  std::string fromHere(OptionId Id, llvm::StringRef Value) const {
    bool IsPath = Id == OptionId::LibTorch ||
                  (Id == OptionId::Device && (Value.contains('/') || Value.ends_with(".json")));
    if (!IsPath || path::is_absolute(Value))
      return Value.str();
    llvm::SmallString<128> Path(path::parent_path(File));
    path::append(Path, Value);
    return Path.str().str();
  }
};

/// The nearest `.clang-energy` in \p Directory or above; empty when there is none.
std::string nearest(llvm::StringRef Directory) {
  for (; !Directory.empty(); Directory = path::parent_path(Directory)) {
    llvm::SmallString<128> File(Directory);
    path::append(File, ".clang-energy");
    if (llvm::sys::fs::is_regular_file(File))
      return File.str().str();
  }
  return "";
}

} // namespace

llvm::Error energy::addConfiguration(RawOptions &Raw) {
  std::string File = Raw.last(OptionId::ConfigFile).str();
  if (!Raw.given(OptionId::ConfigFile)) {
    llvm::SmallString<128> First(Raw.Files.empty() ? "x" : Raw.Files.front());
    if (llvm::sys::fs::make_absolute(First))
      return llvm::Error::success();
    path::remove_dots(First, true);
    File = nearest(path::parent_path(First));
  }
  Raw.ConfigFile = File;
  while (!File.empty()) {
    ConfigReader Reader(File);
    if (llvm::Error E = Reader.read())
      return E;
    for (size_t I = 0; I < OptionCount; ++I)
      if (Raw.Values[I].empty())
        Raw.Values[I] = std::move(Reader.Options.Values[I]);
    File = Reader.Inherit ? nearest(path::parent_path(path::parent_path(File))) : "";
  }
  return llvm::Error::success();
}

std::string energy::configText(const RawOptions &Raw) {
  auto Quoted = [](llvm::StringRef Text) {
    std::string Out = "'";
    for (char C : Text)
      Out += C == '\'' ? "''" : std::string(1, C);
    return Out + "'";
  };
  std::string Out = "---\n";
  for (size_t I = 0; I < OptionCount; ++I) {
    const OptionRow &Row = optionRows()[I];
    if (!isConfigurable(OptionId(I)) || Raw.Values[I].empty())
      continue;
    Out += keyOf(Row) + ": ";
    if (Row.Kind == OptionKind::Flag)
      Out += "true\n";
    else if (Row.Kind == OptionKind::Value)
      Out += Quoted(Raw.Values[I].back()) + "\n";
    else {
      std::vector<std::string> Items;
      for (const std::string &V : Raw.Values[I])
        Items.push_back(Quoted(V));
      Out += "[" + llvm::join(Items, ", ") + "]\n";
    }
  }
  return Out;
}
