#include "Frontend/Project.h"
#include "Frontend/FlagFilter.h"
#include "Frontend/LinkPlan.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include <mutex>

namespace energy::frontend {
namespace {

using DefinitionMap = llvm::StringMap<const clang::FunctionDecl *>;

std::string usrOf(const clang::Decl *D) {
  llvm::SmallString<128> Usr;
  if (clang::index::generateUSRForDecl(D, Usr))
    return "";
  return std::string(Usr);
}

/// The functions with bodies in \p Context, namespaces and classes entered.
void collectDefinitions(const clang::Decl *D, DefinitionMap &Out) {
  if (auto *Template = llvm::dyn_cast<clang::FunctionTemplateDecl>(D))
    D = Template->getTemplatedDecl();
  if (auto *Template = llvm::dyn_cast<clang::ClassTemplateDecl>(D))
    D = Template->getTemplatedDecl();
  if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(D)) {
    if (F->doesThisDeclarationHaveABody())
      if (std::string Usr = usrOf(F); !Usr.empty())
        Out.try_emplace(Usr, F);
    return;
  }
  bool Enters = llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl, clang::CXXRecordDecl>(D);
  if (Enters)
    for (const clang::Decl *Inner : llvm::cast<clang::DeclContext>(D)->decls())
      collectDefinitions(Inner, Out);
}

bool isConflict(const SourceDiagnostic &D) {
  return llvm::is_contained({clang::diag::err_redefinition, clang::diag::err_redefinition_different_kind,
                             clang::diag::err_redefinition_different_type,
                             clang::diag::err_redefinition_different_typedef, clang::diag::err_ambiguous_reference,
                             clang::diag::err_ovl_ambiguous_call, clang::diag::err_ovl_diff_return_type},
                            D.Id) &&
         D.InUserFile && D.Message != "redefinition of 'main'";
}

/// The linked files whose text, or whose headers', contradicts what came before it in the same
/// AST, except what only such a file says. What a file contradicts by itself, or only in a
/// library's header, is not for its links.
std::vector<std::string> contradicting(const ParsedUnit &Unit) {
  std::vector<std::string> Offenders;
  llvm::ArrayRef<SourceDiagnostic> Said = Unit.linkedDiagnostics();
  for (; !Said.empty(); Said = Said.drop_front()) {
    const std::string &File = Said.front().LinkedFile;
    if (!isConflict(Said.front()) || Said.front().Location.File == Unit.file() ||
        llvm::is_contained(Offenders, File))
      continue;
    // "previous definition is here"
    bool Noted = Said.size() > 1 && Said[1].Severity == SourceDiagnostic::Level::Note;
    if (!Noted || !llvm::is_contained(Offenders, Said[1].Location.File))
      Offenders.push_back(File);
  }
  return Offenders;
}

/// Adds the include directories of \p Other that \p Command lacks, at the end.
void addDirectories(CompileCommand &Command, const CompileCommand &Other) {
  std::vector<std::string> Own = includeDirectories(Command.Args);
  for (size_t I = 0; I + 1 < Other.Args.size(); ++I) {
    bool Dir = llvm::is_contained({"-I", "-iquote", "-isystem"}, Other.Args[I]);
    if (Dir && !llvm::is_contained(Own, Other.Args[I + 1])) {
      Command.Args.push_back(Other.Args[I]);
      Command.Args.push_back(Other.Args[I + 1]);
    }
  }
}

/// Looks like `Net(`, `Net{`, `make_shared<Net>(` or `Net net(`, `Net net;`,
/// `Net net = ` with what follows `Net`.
bool looksLikeConstruction(llvm::StringRef After) {
  if (After.consume_front(">"))
    return After.ltrim().starts_with("(");
  llvm::StringRef Next = After.ltrim();
  if (Next.starts_with("(") || Next.starts_with("{"))
    return true;
  llvm::StringRef Rest = Next.drop_while(isNameChar);
  return Rest.size() < Next.size() && Next.size() < After.size() &&
         Rest.ltrim().find_first_of("({;=") == 0;
}

/// Looks like `Net::` with what follows `Net`.
bool followsScope(llvm::StringRef After) { return After.ltrim().starts_with("::"); }

/// Looks like `f(int n) {` with what follows `f`; a call is followed by something else.
bool looksLikeDefinition(llvm::StringRef After) {
  llvm::StringRef Rest = After.ltrim();
  if (!Rest.starts_with("("))
    return false;
  int Depth = 0;
  do {
    Depth += Rest.front() == '(' ? 1 : Rest.front() == ')' ? -1 : 0;
    Rest = Rest.drop_front();
  } while (Depth > 0 && !Rest.empty());
  llvm::StringRef Next = Rest.ltrim();
  return Next.starts_with("{") || Next.starts_with("noexcept") || Next.starts_with("->");
}

/// The classes that the models of a file need: those that the file defines, those that
/// contain them, and the parts of both; every class where the file defines none.
class NeededClasses {
  const SourceModel &Model;
  std::vector<bool> Models, Parts;

  /// Sets what \p Joins until nothing changes.
  void close(std::vector<bool> &Set, llvm::function_ref<void(const ModuleClass &, unsigned)> Joins) {
    for (std::vector<bool> Before; Before != Set;) {
      Before = Set;
      for (unsigned I = 0; I < Set.size(); ++I)
        Joins(Model.Classes[I], I);
    }
  }

public:
  explicit NeededClasses(const SourceModel &Model) : Model(Model) {
    bool OwnOnly = llvm::any_of(Model.Classes, [](const ModuleClass &C) { return C.InMainFile; });
    for (const ModuleClass &C : Model.Classes)
      Models.push_back(!OwnOnly || C.InMainFile);
    close(Models, [this](const ModuleClass &C, unsigned I) {
      if (Models[I])
        for (unsigned Outer : C.ContainedIn)
          Models[Outer] = true;
    });
    Parts = Models;
    close(Parts, [this](const ModuleClass &C, unsigned I) {
      if (llvm::any_of(C.ContainedIn, [this](unsigned Outer) { return Parts[Outer]; }))
        Parts[I] = true;
      if (Parts[I])
        for (unsigned Base : C.DerivedFrom)
          Parts[Base] = true;
    });
  }
  bool asModel(unsigned Class) const { return Models[Class]; }
  bool asPart(unsigned Class) const { return Parts[Class]; }
};

} // namespace

struct Project::Impl {
  Impl(FrontendOptions TheOptions, std::vector<std::string> TheFiles)
      : Options(std::move(TheOptions)), Files(std::move(TheFiles)), Commands(Options),
        Cache(Options), Plan(Commands, Files) {}

  FrontendOptions Options;
  std::vector<std::string> Files;
  CompileCommands Commands;
  PchCache Cache;
  LinkPlan Plan;

  std::mutex Mutex; ///< guards the maps
  llvm::StringMap<std::unique_ptr<ParsedUnit>> Units, Linked;
  llvm::StringMap<std::vector<std::string>> RefusedLinks; ///< by file: what contradicts it or its links
  llvm::DenseMap<const ParsedUnit *, std::unique_ptr<DefinitionMap>> Definitions;

  void addDirectoriesOf(CompileCommand &Command, llvm::ArrayRef<std::string> Others) {
    for (const std::string &Other : Others) {
      if (llvm::Expected<CompileCommand> Its = Commands.lookup(Other))
        addDirectories(Command, *Its);
      else
        llvm::consumeError(Its.takeError()); // such a file is reported when it is analysed
    }
  }

  llvm::Expected<std::unique_ptr<ParsedUnit>> parseWith(const std::string &File,
                                                        std::vector<std::string> LinkedFiles) {
    llvm::Expected<CompileCommand> Command = Commands.lookup(File);
    if (!Command)
      return Command.takeError();
    addDirectoriesOf(*Command, LinkedFiles);
    ParseRequest Request;
    Request.Command = std::move(*Command);
    Request.LinkedFiles = std::move(LinkedFiles);
    return parse(Request, Cache, Options);
  }

  /// A file is linked by one thread at a time.
  std::vector<std::string> &refusedLinks(llvm::StringRef File) {
    std::lock_guard<std::mutex> Lock(Mutex);
    return RefusedLinks[File];
  }

  /// Reduces \p More to what is not refused and fits, and adds it to \p List; false when nothing is.
  static bool take(std::vector<std::string> &More, std::vector<std::string> &List,
                   llvm::ArrayRef<std::string> Refused, size_t MaxFiles) {
    llvm::erase_if(More, [&](const std::string &M) { return llvm::is_contained(Refused, M); });
    More.resize(std::min(More.size(), MaxFiles - std::min(MaxFiles, List.size())));
    llvm::append_range(List, More);
    return !More.empty();
  }

  static void refuse(llvm::ArrayRef<std::string> Offenders, std::vector<std::string> &List,
                     std::vector<std::string> &Refused) {
    llvm::erase_if(List, [&](const std::string &Linked) { return llvm::is_contained(Offenders, Linked); });
    llvm::append_range(Refused, Offenders);
  }

  /// Parses \p File with \p List, without those that contradict the others, which go to
  /// \p Refused.
  llvm::Expected<std::unique_ptr<ParsedUnit>> parseAgreeing(const std::string &File,
                                                            std::vector<std::string> &List,
                                                            std::vector<std::string> &Refused) {
    while (true) {
      auto Unit = parseWith(File, List);
      if (!Unit || List.empty())
        return Unit;
      std::vector<std::string> Offenders = contradicting(**Unit);
      if (Offenders.empty())
        return Unit;
      refuse(Offenders, List, Refused);
    }
  }

  /// \p Unit, which is \p File, with \p More parsed after it, or, where something in \p More
  /// contradicts the rest, \p File parsed anew with all of \p List that agrees.
  llvm::Expected<std::unique_ptr<ParsedUnit>> parseFurther(std::unique_ptr<ParsedUnit> Unit, const std::string &File,
                                                           llvm::ArrayRef<std::string> More,
                                                           std::vector<std::string> &List,
                                                           std::vector<std::string> &Refused) {
    CompileCommand Command = Unit->command();
    addDirectoriesOf(Command, More);
    Unit = parseMore(std::move(Unit), More, Command.Args, Options);
    if (Unit) {
      std::vector<std::string> Offenders = contradicting(*Unit);
      if (Offenders.empty())
        return Unit;
      refuse(Offenders, List, Refused);
      Unit.reset(); // before there are two of them
    }
    return parseAgreeing(File, List, Refused);
  }

  /// Adds to \p Result the files in which what follows \p Name, of \p Header, is as \p Follows says.
  void search(ParsedUnit &Unit, llvm::StringRef Header, llvm::StringRef Name,
              llvm::function_ref<bool(llvm::StringRef)> Follows, unsigned MaxFound,
              std::vector<std::string> &Result) {
    for (std::string &File : Plan.byText(Header, Unit.file(), Name, Follows, MaxFound))
      if (!llvm::is_contained(Result, File) && !llvm::is_contained(Unit.linkedFiles(), File))
        Result.push_back(std::move(File));
  }

  /// Adds to \p Result the files that define what is wanted.
  void search(ParsedUnit &Unit, const WantedDefinition &W, unsigned MaxFound, std::vector<std::string> &Result) {
    if (!W.Name.empty())
      search(Unit, W.Header, W.Name, W.IsMember ? followsScope : looksLikeDefinition, MaxFound, Result);
  }

  /// Files that define what the models of \p Unit lack, then those that construct them.
  std::vector<std::string> missingFiles(ParsedUnit &Unit, const LinkOptions &Link) {
    SourceModel Model = discover(Unit);
    NeededClasses Needed(Model);
    std::vector<std::string> Result;
    auto Search = [&](const clang::Decl *D, llvm::StringRef Name,
                      llvm::function_ref<bool(llvm::StringRef)> Follows, unsigned MaxFound) {
      search(Unit, Unit.span(D->getLocation()).File, Name, Follows, MaxFound, Result);
    };
    for (auto [I, C] : llvm::enumerate(Model.Classes)) {
      if (!Link.Definitions || !Needed.asPart(unsigned(I)))
        continue;
      if (C.LacksDefinitions)
        Search(C.Decl, C.Decl->getName(), followsScope, Link.MaxFiles);
      for (const clang::FunctionDecl *F : C.UndefinedHelpers)
        search(Unit, WantedDefinition(F, Unit), Link.MaxFiles, Result);
    }
    for (auto [I, C] : llvm::enumerate(Model.Classes)) {
      bool TakesArguments = llvm::any_of(C.Constructors, [](const clang::CXXConstructorDecl *K) {
        return K->getMinRequiredArguments() > 0;
      });
      if (Link.Constructions && C.isRoot() && C.Constructions.empty() && TakesArguments &&
          Needed.asModel(unsigned(I)))
        Search(C.Decl, C.Holder ? C.Holder->getName() : C.Decl->getName(), looksLikeConstruction,
               Link.MaxSites);
    }
    return Result;
  }

  llvm::Expected<std::unique_ptr<ParsedUnit>> link(const std::string &File,
                                                   const LinkOptions &Link) {
    llvm::Expected<CompileCommand> Command = Commands.lookup(File);
    if (!Command)
      return Command.takeError();
    std::vector<std::string> List, &Refused = refusedLinks(File);
    if (Link.Definitions)
      List = Plan.byStem(*Command, Link.MaxFiles);
    auto Unit = parseAgreeing(File, List, Refused);
    constexpr int MaxRounds = 3;
    for (int Round = 0; Unit && Round < MaxRounds && List.size() < Link.MaxFiles; ++Round) {
      std::vector<std::string> More = missingFiles(**Unit, Link);
      if (!take(More, List, Refused, Link.MaxFiles))
        break;
      Unit = parseFurther(std::move(*Unit), File, More, List, Refused);
    }
    return Unit;
  }

  /// The file's unit out of \p Map, made by \p Make when it is not there.
  template <class Maker>
  llvm::Expected<ParsedUnit &> cached(llvm::StringMap<std::unique_ptr<ParsedUnit>> &Map,
                                      const std::string &File, Maker Make) {
    {
      std::lock_guard<std::mutex> Lock(Mutex);
      if (auto It = Map.find(File); It != Map.end())
        return *It->second;
    }
    auto Made = Make();
    if (!Made)
      return Made.takeError();
    std::lock_guard<std::mutex> Lock(Mutex);
    return *Map.try_emplace(File, std::move(*Made)).first->second;
  }

  const clang::FunctionDecl *definitionIn(ParsedUnit &Unit, llvm::StringRef Usr) {
    std::lock_guard<std::mutex> Lock(Mutex);
    std::unique_ptr<DefinitionMap> &Map = Definitions[&Unit];
    if (!Map) {
      Map = std::make_unique<DefinitionMap>();
      for (const clang::Decl *D : Unit.userDecls())
        collectDefinitions(D, *Map);
    }
    return Map->lookup(Usr);
  }
};

static std::vector<std::string> absoluteFiles(std::vector<std::string> Files) {
  std::vector<std::string> Result;
  for (const std::string &File : Files)
    if (std::string Path = absolutePath(File); !llvm::is_contained(Result, Path))
      Result.push_back(std::move(Path));
  return Result;
}

Project::Project(FrontendOptions Options, std::vector<std::string> Files)
    : Self(std::make_unique<Impl>(std::move(Options), absoluteFiles(std::move(Files)))) {}
Project::~Project() = default;

llvm::ArrayRef<std::string> Project::files() const { return Self->Files; }
const FrontendOptions &Project::options() const { return Self->Options; }

llvm::Expected<ParsedUnit &> Project::unit(llvm::StringRef File) {
  std::string Path = absolutePath(File);
  return Self->cached(Self->Units, Path, [&] { return Self->parseWith(Path, {}); });
}

llvm::Expected<ParsedUnit &> Project::linkedUnit(llvm::StringRef File, const LinkOptions &Link) {
  std::string Path = absolutePath(File);
  std::string Key = Path + (Link.Definitions ? "|d" : "") + (Link.Constructions ? "|c" : "");
  return Self->cached(Self->Linked, Key, [&] { return Self->link(Path, Link); });
}

WantedDefinition::WantedDefinition(const clang::FunctionDecl *F, const ParsedUnit &Unit)
    : Header(Unit.span(F->getLocation()).File) {
  const auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(F);
  IsMember = Method && Method->getParent()->getIdentifier();
  if (IsMember)
    Name = Method->getParent()->getName();
  else if (F->getIdentifier())
    Name = F->getName();
}

llvm::Expected<ParsedUnit &> Project::linkFurther(ParsedUnit &Unit, llvm::ArrayRef<WantedDefinition> Wanted) {
  const std::string File = Unit.file();
  std::vector<std::string> List = Unit.linkedFiles(), More, &Refused = Self->refusedLinks(File);
  const unsigned MaxFiles = LinkOptions().MaxFiles;
  for (const WantedDefinition &W : Wanted)
    Self->search(Unit, W, MaxFiles, More);
  if (!Self->take(More, List, Refused, MaxFiles))
    return Unit;
  std::string Key;
  std::unique_ptr<ParsedUnit> Taken;
  {
    std::lock_guard<std::mutex> Lock(Self->Mutex);
    auto Entry = llvm::find_if(Self->Linked, [&](const auto &E) { return E.second.get() == &Unit; });
    assert(Entry != Self->Linked.end() && "not a linked unit");
    Key = Entry->first().str();
    Taken = std::move(Entry->second);
    Self->Definitions.erase(&Unit);
    Self->Linked.erase(Entry);
  }
  auto Larger = Self->parseFurther(std::move(Taken), File, More, List, Refused);
  if (!Larger)
    return Larger.takeError();
  std::lock_guard<std::mutex> Lock(Self->Mutex);
  return *(Self->Linked[Key] = std::move(*Larger));
}

const clang::FunctionDecl *Project::definition(const clang::FunctionDecl *F, ParsedUnit &From) {
  if (const clang::FunctionDecl *Here = F->getDefinition())
    return Here;
  std::string Usr = usrOf(F);
  SourceSpan At = From.span(F->getLocation());
  if (Usr.empty() || !At.valid() || !From.isUserDecl(F) || !F->getDeclName())
    return nullptr;
  const WantedDefinition Wanted(F, From);
  auto Follows = [&](llvm::StringRef After) { return Wanted.IsMember ? followsScope(After) : After.starts_with("("); };
  constexpr unsigned MaxParsed = 4;
  for (const std::string &File : Self->Plan.byText(At.File, From.file(), Wanted.Name, Follows, MaxParsed)) {
    llvm::Expected<ParsedUnit &> Other = unit(File);
    if (!Other) {
      llvm::consumeError(Other.takeError()); // reported when the file itself is analysed
      continue;
    }
    if (const clang::FunctionDecl *Found = Self->definitionIn(*Other, Usr))
      return Found;
  }
  return nullptr;
}

std::optional<DataFile> Project::dataFile(llvm::StringRef Name, const ParsedUnit &From, uint64_t MaxBytes) {
  return readDataFile(Name, From.file(), Self->Commands.repository(From.file()), Self->Options.DataFiles, MaxBytes);
}

ParsedUnit *Project::owner(const clang::Decl *D) {
  std::lock_guard<std::mutex> Lock(Self->Mutex);
  for (auto *Map : {&Self->Units, &Self->Linked})
    for (auto &Entry : *Map)
      if (&Entry.second->context() == &D->getASTContext())
        return Entry.second.get();
  return nullptr;
}

void Project::drop(llvm::StringRef File) {
  std::string Path = absolutePath(File);
  std::lock_guard<std::mutex> Lock(Self->Mutex);
  for (std::string Key : {Path, Path + "|d", Path + "|c", Path + "|d|c"})
    for (auto *Map : {&Self->Units, &Self->Linked})
      if (auto It = Map->find(Key); It != Map->end()) {
        Self->Definitions.erase(It->second.get());
        Map->erase(It);
      }
}

} // namespace energy::frontend
