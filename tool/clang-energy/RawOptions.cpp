#include "RawOptions.h"
#include "Support/Text.h"

using namespace energy;

llvm::ArrayRef<OptionRow> energy::optionRows() {
  static constexpr OptionRow Rows[] = {
#define OPTION(Id, Name, Kind, Meta, Help) {Name, Meta, Help, OptionKind::Kind},
#include "Options.def"
  };
  return Rows;
}

namespace {
llvm::Error usage(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}

/// One word split into an option of the table and the value joined to it.
struct SplitWord {
  std::optional<size_t> Row;
  std::optional<llvm::StringRef> Joined;
};
SplitWord splitWord(llvm::StringRef Word) {
  auto [Name, Value] = Word.split('=');
  for (size_t I = 0; I < OptionCount; ++I) {
    llvm::StringRef Option = optionRows()[I].Name;
    // As Clang's tools do, "-summary" is taken for "--summary".
    bool Long = Option.starts_with("--");
    if (Name == Option || (Long && Name == Option.drop_front()))
      return {I, Word.contains('=') ? std::optional(Value) : std::nullopt};
    if (!Long && Word.starts_with(Option) && !Word.starts_with("--"))
      return {I, Word.drop_front(Option.size())};
  }
  return {};
}

llvm::Error unknownOption(llvm::StringRef Word) {
  std::vector<llvm::StringRef> Names;
  for (const OptionRow &R : optionRows())
    Names.push_back(R.Name);
  llvm::StringRef Name = Word.take_until([](char C) { return C == '='; });
  return usage("unknown option '" + Name + "'" + didYouMean(Name, Names));
}

} // namespace

llvm::Expected<RawOptions> energy::splitWords(llvm::ArrayRef<const char *> Args) {
  RawOptions Raw;
  for (size_t I = 0; I < Args.size(); ++I) {
    llvm::StringRef Word = Args[I];
    if (Word == "--") {
      Raw.CompilerFlags.emplace(Args.begin() + static_cast<ptrdiff_t>(I) + 1, Args.end());
      break;
    }
    if (!Word.starts_with("-") || Word == "-") {
      Raw.Files.push_back(Word.str());
      continue;
    }
    SplitWord Split = splitWord(Word);
    if (!Split.Row)
      return unknownOption(Word);
    const OptionRow &Row = optionRows()[*Split.Row];
    if (Row.Kind == OptionKind::Flag) {
      if (Split.Joined)
        return usage("option '" + Row.Name + "' takes no value");
      Raw.Values[*Split.Row].emplace_back();
      continue;
    }
    if (!Split.Joined) {
      if (I + 1 == Args.size())
        return usage("option '" + Row.Name + "' needs a value: " + Row.Meta);
      Split.Joined = Args[++I];
    }
    Raw.Values[*Split.Row].push_back(Split.Joined->str());
  }
  return Raw;
}
