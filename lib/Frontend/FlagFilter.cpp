#include "Frontend/FlagFilter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace energy::frontend {

std::string absolutePath(llvm::StringRef Path, llvm::StringRef Directory) {
  llvm::SmallString<256> Result(Path);
  if (!llvm::sys::path::is_absolute(Result)) {
    if (Directory.empty())
      (void)llvm::sys::fs::make_absolute(Result);
    else
      llvm::sys::fs::make_absolute(Directory, Result);
  }
  llvm::sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return std::string(Result);
}

namespace {

enum class Keep { Drop, DropWithValue, Path, Text };

struct Option {
  llvm::StringLiteral Name;
  Keep What;
  bool Joined; ///< the value may follow directly
};

// Longer names stand before their prefixes.
constexpr Option Options[] = {
    {"-isystem", Keep::Path, true},
    {"-iquote", Keep::Path, true},
    {"-idirafter", Keep::Path, true},
    {"-isysroot", Keep::Path, true},
    {"-include-pch", Keep::DropWithValue, false},
    {"-include", Keep::Path, false},
    {"-imacros", Keep::Path, false},
    {"--sysroot=", Keep::Path, true},
    {"--sysroot", Keep::Path, false},
    {"--target=", Keep::Text, true},
    {"-target", Keep::Text, false},
    {"-stdlib=", Keep::Text, true},
    {"-I", Keep::Path, true},
    {"-D", Keep::Text, true},
    {"-U", Keep::Text, true},
    {"-Xlinker", Keep::DropWithValue, false},
    {"-Xpreprocessor", Keep::DropWithValue, false},
    {"-Xassembler", Keep::DropWithValue, false},
    {"-Xcompiler", Keep::DropWithValue, false},
    {"-MF", Keep::DropWithValue, false},
    {"-MT", Keep::DropWithValue, false},
    {"-MQ", Keep::DropWithValue, false},
    {"-mllvm", Keep::DropWithValue, false},
    {"-arch", Keep::DropWithValue, false},
    {"-gencode", Keep::DropWithValue, false},
    {"-ccbin", Keep::DropWithValue, false},
    {"--param", Keep::DropWithValue, false},
    {"-o", Keep::DropWithValue, false},
    {"-x", Keep::DropWithValue, false},
    {"-L", Keep::DropWithValue, false},
    {"-l", Keep::DropWithValue, false},
    {"-T", Keep::DropWithValue, false},
    {"-z", Keep::DropWithValue, false},
    {"-u", Keep::DropWithValue, false},
    {"-B", Keep::DropWithValue, false},
};

const Option *findOption(llvm::StringRef Word) {
  for (const Option &O : Options)
    if (Word == O.Name || (O.Joined && Word.starts_with(O.Name)))
      return &O;
  return nullptr;
}

/// CMake passes its own precompiled header as "-Xclang -include -Xclang X": undo that.
std::vector<std::string> unwrapXclang(llvm::ArrayRef<std::string> Words) {
  std::vector<std::string> Result;
  for (size_t I = 0; I < Words.size(); ++I) {
    bool Wrapped = Words[I] == "-Xclang" && I + 1 < Words.size();
    if (!Wrapped) {
      Result.push_back(Words[I]);
      continue;
    }
    ++I;
    bool Pair = Words[I] == "-include" || Words[I] == "-include-pch";
    if (Pair && I + 2 < Words.size() && Words[I + 1] == "-Xclang") {
      Result.push_back(Words[I]);
      Result.push_back(Words[I + 2]);
      I += 2;
    }
  }
  return Result;
}

void append(FilteredFlags &Out, const Option &O, llvm::StringRef Value, llvm::StringRef Directory) {
  std::string Text = O.What == Keep::Path ? absolutePath(Value, Directory) : Value.str();
  llvm::StringRef Name = O.Name;
  // An -include is searched like a quoted #include when it is not beside the command.
  if (O.Name == "-include" && !llvm::sys::fs::exists(Text))
    Text = Value.str();
  if (Name.ends_with("=") || Name == "-D" || Name == "-U") {
    Out.Args.push_back((Name + Text).str());
    return;
  }
  Out.Args.push_back(Name.str());
  Out.Args.push_back(std::move(Text));
}

} // namespace

FilteredFlags filterFlags(llvm::ArrayRef<std::string> AllWords, llvm::StringRef Directory) {
  FilteredFlags Out;
  std::vector<std::string> Words = unwrapXclang(AllWords);
  for (size_t I = 0; I < Words.size(); ++I) {
    llvm::StringRef Word = Words[I];
    if (Word == "--")
      break;
    if (Word.consume_front("-std=") || Word.consume_front("--std=")) {
      Out.Standard = Word.str();
      continue;
    }
    if (Word.starts_with("-nostdinc") || Word == "-nostdlibinc") {
      Out.Args.push_back(Word.str());
      continue;
    }
    const Option *O = findOption(Word);
    if (!O)
      continue;
    bool Separate = Word == O->Name && !O->Name.ends_with("=");
    if (Separate && I + 1 == Words.size())
      break;
    llvm::StringRef Value =
        Separate ? llvm::StringRef(Words[++I]) : Word.drop_front(O->Name.size());
    if (O->What == Keep::Path || O->What == Keep::Text)
      append(Out, *O, Value, Directory);
  }
  return Out;
}

std::string parserStandard(llvm::StringRef Written) {
  Written.consume_front("gnu++");
  Written.consume_front("c++");
  return llvm::StringSwitch<std::string>(Written)
      .Cases("20", "2a", "c++20")
      .Cases("23", "2b", "26", "2c", "c++23")
      .Default("c++17");
}

std::vector<std::string> includeDirectories(llvm::ArrayRef<std::string> Args) {
  std::vector<std::string> Result;
  for (size_t I = 0; I + 1 < Args.size(); ++I)
    if (llvm::is_contained({"-I", "-isystem", "-iquote", "-idirafter"}, Args[I]))
      Result.push_back(Args[++I]);
  return Result;
}

} // namespace energy::frontend
