#include "Frontend/ParsedUnit.h"
#include "Frontend/DiagnosticCollector.h"
#include "Frontend/Invocation.h"
#include "Frontend/PchBuilder.h"
#include "Frontend/PchCache.h"
#include "Frontend/Repository.h"
#include "Frontend/UserFiles.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclGroup.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Parse/Parser.h"
#include "clang/Sema/EnterExpressionEvaluationContext.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/TemplateInstCallback.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <chrono>

namespace energy::frontend {

struct ParsedUnit::Impl {
  ParseRequest Request;
  std::shared_ptr<const Pch> Header;
  std::map<std::string, std::string> Memory; ///< buffers that the file system refers to
  std::chrono::steady_clock::time_point Deadline;
  bool TimedOut = false;

  // Destroyed from the last to the first: the action before the instance that it uses.
  DiagnosticCollector Collector;
  std::unique_ptr<clang::CompilerInstance> CI;
  std::unique_ptr<UserFiles> Users;
  std::unique_ptr<clang::FrontendAction> Action;
  /// Kept after the parse, with the scope that holds what is declared so far: more files
  /// can follow, and Sema needs a current scope to instantiate some statements.
  std::unique_ptr<clang::Parser> Parser;

  std::vector<clang::Decl *> UserDecls;
  std::vector<MissingHeader> Missing;
  llvm::StringSet<> MissingSeen;
  std::vector<std::string> MainNamespaces; ///< those that the main file uses
  llvm::StringMap<const clang::Expr *> Expressions; ///< by text, those that parsed
  unsigned ExpressionCount = 0;
  bool Begun = false;
  bool Lost = false; ///< the parser crashed: destroying the unit could crash again

  ~Impl() {
    Parser.reset();
    if (Begun)
      Action->EndSourceFile();
  }
  /// Leaves the parse, as after a crash, when it takes too long.
  void checkTime() {
    if (std::chrono::steady_clock::now() < Deadline)
      return;
    if (auto *Context = llvm::CrashRecoveryContext::GetCurrent()) {
      TimedOut = true;
      Context->HandleExit(1);
    }
  }
  void setDeadline(const FrontendOptions &Options) {
    Deadline = std::chrono::steady_clock::now() + std::chrono::seconds(Options.ParseSeconds);
  }
  /// `using namespace` of a source file does not reach the files linked to it.
  void endUsingDirectives();
  void beginParsing();
  void parseToEnd(bool First);
  bool parseText(llvm::StringRef Text, llvm::StringRef Name, const FrontendOptions &Options);
};

namespace {
using Impl = ParsedUnit::Impl;

class UnitConsumer : public clang::ASTConsumer {
public:
  explicit UnitConsumer(Impl &Unit) : Unit(Unit) {}

  bool HandleTopLevelDecl(clang::DeclGroupRef Group) override {
    Unit.checkTime();
    for (clang::Decl *D : Group)
      if (!D->isFromASTFile() && Unit.Users->contains(D->getLocation()))
        Unit.UserDecls.push_back(D);
    return true;
  }
  bool shouldSkipFunctionBody(clang::Decl *D) override {
    return !Unit.Users->contains(D->getLocation());
  }

private:
  Impl &Unit;
};

/// Notes missing headers, and stands in for those of CMake's generate_export_header(), which exist
/// only in a build directory: without their macros no class would parse. A header without a guard
/// may be included by each of the linked files, which are one unit here: the later ones do not
/// include it again.
class IncludeWatcher : public clang::PPCallbacks {
public:
  IncludeWatcher(Impl &Unit, clang::Preprocessor &PP) : Unit(Unit), PP(PP), Headers(PP.getHeaderSearchInfo()) {}

  void InclusionDirective(clang::SourceLocation Hash, const clang::Token &, llvm::StringRef Name,
                          bool, clang::CharSourceRange, clang::OptionalFileEntryRef File,
                          llvm::StringRef, llvm::StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind Kind) override {
    Unit.checkTime();
    if (File && llvm::is_contained(Unit.Request.LinkedFiles, File->getName()))
      enterLinkedFile(File->getName());
    else if (File && Kind == clang::SrcMgr::C_User && isHeaderName(File->getName()))
      Entered.push_back(*File);
    if (!File && exportedName(Name).empty() && Unit.MissingSeen.insert(Name).second)
      Unit.Missing.push_back({Name.str(), Unit.Users->span(Hash)});
  }
  bool FileNotFound(llvm::StringRef Header) override {
    llvm::StringRef Exported = exportedName(Header);
    if (Exported.empty())
      return false;
    for (llvm::StringRef Ending : {"_EXPORT", "_NO_EXPORT", "_DEPRECATED", "_DEPRECATED_EXPORT"}) {
      clang::IdentifierInfo *Name = PP.getIdentifierInfo(Exported.upper() + Ending.str());
      if (!Name->hasMacroDefinition())
        PP.appendDefMacroDirective(Name, PP.AllocateMacroInfo(clang::SourceLocation()));
    }
    return true;
  }

private:
  Impl &Unit;
  clang::Preprocessor &PP;
  clang::HeaderSearch &Headers;
  std::vector<clang::FileEntryRef> Entered; ///< headers since the last linked file began

  /// "net" of "lib/net_export.h"; empty for another header.
  static llvm::StringRef exportedName(llvm::StringRef Header) {
    llvm::StringRef Name = llvm::sys::path::stem(Header);
    return Name.consume_back("_export") ? Name : "";
  }

  void enterLinkedFile(llvm::StringRef Name) {
    Unit.Collector.LinkedFile = Name;
    for (clang::FileEntryRef Before : std::exchange(Entered, {}))
      Headers.MarkFileIncludeOnce(Before);
    Unit.endUsingDirectives();
  }
};

/// Template recursion happens inside one declaration: watch the clock there too.
class InstantiationWatcher : public clang::TemplateInstantiationCallback {
public:
  explicit InstantiationWatcher(Impl &Unit) : Unit(Unit) {}
  void initialize(const clang::Sema &) override {}
  void finalize(const clang::Sema &) override {}
  void atTemplateBegin(const clang::Sema &, const clang::Sema::CodeSynthesisContext &) override {
    if (++Count % 256 == 0)
      Unit.checkTime();
  }
  void atTemplateEnd(const clang::Sema &, const clang::Sema::CodeSynthesisContext &) override {}

private:
  Impl &Unit;
  unsigned Count = 0;
};

class UnitAction : public clang::ASTFrontendAction {
public:
  explicit UnitAction(Impl &Unit) : Unit(Unit) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &CI,
                                                        llvm::StringRef) override {
    clang::Preprocessor &PP = CI.getPreprocessor();
    PP.addPPCallbacks(std::make_unique<IncludeWatcher>(Unit, PP));
    return std::make_unique<UnitConsumer>(Unit);
  }
  void ExecuteAction() override {
    clang::CompilerInstance &CI = getCompilerInstance();
    if (!CI.hasSema())
      CI.createSema(getTranslationUnitKind(), nullptr);
    CI.getSema().TemplateInstCallbacks.push_back(std::make_unique<InstantiationWatcher>(Unit));
    Unit.beginParsing();
  }

private:
  Impl &Unit;
};

std::string includeLine(const std::string &File) { return "\n#include \"" + File + "\""; }

/// The file that Clang is given: for a header, a file that includes it, since
/// `#pragma once` has no effect in a main file.
std::string mainPath(const ParseRequest &Request) {
  return Request.Command.File + (isHeaderName(Request.Command.File) ? ".clang-energy.cpp" : "");
}

/// The main file's text with what is appended to it; empty when nothing is.
llvm::Expected<std::string> extendedText(const ParseRequest &Request,
                                         const std::map<std::string, std::string> &Unsaved) {
  bool Header = isHeaderName(Request.Command.File);
  if (Request.LinkedFiles.empty() && !Header)
    return std::string();
  std::string Text;
  if (Header)
    Text = "#include \"" + Request.Command.File + "\"";
  auto It = Unsaved.find(Request.Command.File);
  if (It != Unsaved.end() && !Header) {
    Text = It->second;
  } else if (!Header) {
    auto Buffer = llvm::MemoryBuffer::getFile(Request.Command.File);
    if (!Buffer)
      return llvm::createStringError(Buffer.getError(), "cannot read '" + Request.Command.File +
                                                            "': " + Buffer.getError().message());
    Text = (*Buffer)->getBuffer().str();
  }
  for (const std::string &File : Request.LinkedFiles)
    Text += includeLine(File);
  Text += "\n";
  return Text;
}

/// Everything up to the end of the translation unit. False: no AST; \p Why says why.
bool parseInto(Impl &Unit, const FrontendOptions &Options, std::string &Why) {
  const CompileCommand &Command = Unit.Request.Command;
  Unit.CI = std::make_unique<clang::CompilerInstance>();
  clang::CompilerInstance &CI = *Unit.CI;
  const llvm::MemoryBuffer *InMemory = Unit.Header ? Unit.Header->Contents.get() : nullptr;
  auto Files = memoryFiles(Command, Unit.Memory, InMemory ? Unit.Header->Path : "", InMemory);
  CI.createDiagnostics(&Unit.Collector, /*ShouldOwnClient=*/false);
  auto Invocation =
      makeInvocation(Command, Command.Args, mainPath(Unit.Request), CI.getDiagnostics(), Files);
  if (!Invocation) {
    Why = llvm::toString(Invocation.takeError());
    return false;
  }
  CI.setInvocation(std::move(*Invocation));
  if (Unit.Header)
    CI.getPreprocessorOpts().ImplicitPCHInclude = Unit.Header->Path;
  CI.createFileManager(Files);
  CI.createSourceManager(CI.getFileManager());
  Unit.Users =
      std::make_unique<UserFiles>(CI.getSourceManager(), Command.LibTorchIncludes, Command.File);
  Unit.Collector.Users = Unit.Users.get();
  Unit.setDeadline(Options);

  Unit.Action = std::make_unique<UnitAction>(Unit);
  if (!CI.createTarget() || !Unit.Action->BeginSourceFile(CI, CI.getFrontendOpts().Inputs[0])) {
    Why = "clang could not open '" + Command.File + "'";
    if (!Unit.Collector.Diagnostics.empty())
      Why = Unit.Collector.Diagnostics.back().Message;
    return false;
  }
  Unit.Begun = true;
  if (llvm::Error E = Unit.Action->Execute()) {
    Why = llvm::toString(std::move(E));
    return false;
  }
  Unit.Collector.Collecting = false;
  return true;
}

enum class Outcome { Parsed, Failed, BadHeaderCache, TimedOut, Crashed };

/// Clang's complaints about a precompiled header are a range of their own.
bool complainsAboutPch(const DiagnosticCollector &Collector) {
  return llvm::any_of(Collector.Diagnostics, [](const SourceDiagnostic &D) {
    return D.Id > clang::diag::DIAG_START_SERIALIZATION && D.Id < clang::diag::DIAG_START_LEX;
  });
}

Outcome attempt(std::unique_ptr<Impl> &Unit, const FrontendOptions &Options, std::string &Why) {
  bool Parsed = false;
  bool Survived = runGuarded([&] { Parsed = parseInto(*Unit, Options, Why); });
  if (Survived && !Parsed && complainsAboutPch(Unit->Collector))
    return Outcome::BadHeaderCache;
  if (Survived)
    return Parsed ? Outcome::Parsed : Outcome::Failed;
  const std::string &File = Unit->Request.Command.File;
  Outcome Result = Unit->TimedOut ? Outcome::TimedOut : Outcome::Crashed;
  Why = Unit->TimedOut ? "parsing '" + File + "' took longer than " +
                             std::to_string(Options.ParseSeconds) + " s"
                       : "the parser crashed on '" + File + "'";
  (void)Unit.release(); // in an unknown state: destroying it could crash again
  return Result;
}

} // namespace

void ParsedUnit::Impl::endUsingDirectives() {
  clang::SourceManager &Sources = CI->getSourceManager();
  clang::TranslationUnitDecl *Whole = CI->getASTContext().getTranslationUnitDecl();
  std::vector<clang::UsingDirectiveDecl *> Ended;
  for (clang::UsingDirectiveDecl *D : Whole->using_directives()) {
    const clang::FileID File = Sources.getFileID(Sources.getExpansionLoc(D->getLocation()));
    clang::OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File);
    const bool OfMain = File == Sources.getMainFileID();
    // That of an unnamed namespace is implicit, and the namespace is one for all of them.
    const bool OfLinked = Entry && llvm::is_contained(Request.LinkedFiles, Entry->getName());
    if (D->isFromASTFile() || D->isImplicit() || !(OfMain || OfLinked))
      continue;
    Ended.push_back(D);
    if (OfMain && D->getNominatedNamespace())
      MainNamespaces.push_back(D->getNominatedNamespace()->getQualifiedNameAsString());
  }
  for (clang::UsingDirectiveDecl *D : Ended)
    Whole->removeDecl(D);
}

/// What clang::ParseAST does, with a parser that stays.
void ParsedUnit::Impl::beginParsing() {
  clang::Sema &S = CI->getSema();
  Parser = std::make_unique<clang::Parser>(CI->getPreprocessor(), S, /*SkipFunctionBodies=*/true);
  CI->getPreprocessor().EnterMainSourceFile();
  if (clang::ExternalASTSource *External = CI->getASTContext().getExternalSource())
    External->StartTranslationUnit(&CI->getASTConsumer());
  Parser->Initialize();
  parseToEnd(/*First=*/true);
}

void ParsedUnit::Impl::parseToEnd(bool First) {
  clang::Sema &S = CI->getSema();
  clang::EnterExpressionEvaluationContext Context(
      S, clang::Sema::ExpressionEvaluationContext::PotentiallyEvaluated);
  clang::Parser::DeclGroupPtrTy Group;
  auto Import = clang::Sema::ModuleImportState::NotACXX20Module;
  bool AtEnd = First ? Parser->ParseFirstTopLevelDecl(Group, Import)
                     : Parser->ParseTopLevelDecl(Group, Import);
  for (; !AtEnd; AtEnd = Parser->ParseTopLevelDecl(Group, Import))
    if (Group)
      CI->getASTConsumer().HandleTopLevelDecl(Group.get());
  S.TUScope = Parser->getCurScope(); // Sema forgets it at the end of a translation unit
}

/// Parses \p Text after all that is parsed; false when the unit is lost.
bool ParsedUnit::Impl::parseText(llvm::StringRef Text, llvm::StringRef Name, const FrontendOptions &Options) {
  Lost = !runGuarded([&] {
    setDeadline(Options);
    Collector.Collecting = true;
    clang::SourceManager &Sources = CI->getSourceManager();
    clang::SourceLocation After = Sources.getLocForEndOfFile(Sources.getMainFileID());
    clang::FileID File = Sources.createFileID(llvm::MemoryBuffer::getMemBufferCopy(Text, Name), clang::SrcMgr::C_User,
                                              /*LoadedID=*/0, /*LoadedOffset=*/0, After);
    CI->getPreprocessor().EnterSourceFile(File, nullptr, After);
    Parser->ConsumeAnyToken(); // the end of what came before
    parseToEnd(/*First=*/false);
    Collector.Collecting = false;
  });
  return !Lost;
}

llvm::Expected<std::unique_ptr<ParsedUnit>> parse(const ParseRequest &Request, PchCache &Cache,
                                                  const FrontendOptions &Options) {
  const std::string &File = Request.Command.File;
  if (!Options.Unsaved.count(File))
    if (std::error_code EC = llvm::sys::fs::access(File, llvm::sys::fs::AccessMode::Exist))
      return llvm::createStringError(EC, "cannot read '" + File + "': " + EC.message());
  llvm::Expected<std::string> Text = extendedText(Request, Options.Unsaved);
  if (!Text)
    return Text.takeError();
  std::string Why;
  std::shared_ptr<const Pch> Header = Cache.get(Request.Command), Suspect;
  // With the cache, with a new cache entry, without: a damaged entry must not cost the
  // analysis, nor a file that crashes the parser the entry.
  for (int Try = 0; Try < 3; ++Try) {
    auto Unit = std::make_unique<Impl>();
    Unit->Request = Request;
    Unit->Memory = Options.Unsaved;
    if (!Text->empty())
      Unit->Memory[mainPath(Request)] = *Text;
    Unit->Header = Header;
    Outcome Result = attempt(Unit, Options, Why);
    if (Result == Outcome::Parsed) {
      if (Suspect)
        Cache.discard(*Suspect);
      return std::make_unique<ParsedUnit>(std::move(Unit));
    }
    if (!Header || Result == Outcome::Failed || Result == Outcome::TimedOut)
      break;
    if (Result == Outcome::Crashed) {
      Suspect = std::move(Header);
      Header = nullptr;
      continue;
    }
    Cache.discard(*Header);
    Header = Try == 0 ? Cache.get(Request.Command) : nullptr;
  }
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}

/// Searches the directories of -iquote, -I and -isystem in \p Args after those searched already.
static void addSearchPaths(clang::CompilerInstance &CI, llvm::ArrayRef<std::string> Args) {
  clang::HeaderSearch &Headers = CI.getPreprocessor().getHeaderSearchInfo();
  for (size_t I = 0; I + 1 < Args.size(); ++I) {
    bool Quoted = Args[I] == "-iquote", System = Args[I] == "-isystem";
    if (!Quoted && !System && Args[I] != "-I")
      continue;
    auto Directory = CI.getFileManager().getOptionalDirectoryRef(Args[I + 1]);
    if (!Directory)
      continue;
    if (System)
      Headers.AddSystemSearchPath({*Directory, clang::SrcMgr::C_System, /*isFramework=*/false});
    else
      Headers.AddSearchPath({*Directory, clang::SrcMgr::C_User, /*isFramework=*/false}, /*isAngled=*/!Quoted);
  }
}

std::unique_ptr<ParsedUnit> parseMore(std::unique_ptr<ParsedUnit> Parsed,
                                      llvm::ArrayRef<std::string> Files,
                                      std::vector<std::string> Args,
                                      const FrontendOptions &Options) {
  Impl &Unit = *Parsed->Self;
  addSearchPaths(*Unit.CI, llvm::ArrayRef(Args).drop_front(Unit.Request.Command.Args.size()));
  Unit.Request.Command.Args = std::move(Args);
  llvm::append_range(Unit.Request.LinkedFiles, Files);
  std::string Text;
  for (const std::string &File : Files)
    Text += includeLine(File);
  return Unit.parseText(Text, "<linked>", Options) ? std::move(Parsed) : nullptr;
}

ParsedUnit::ParsedUnit(std::unique_ptr<Impl> Parts) : Self(std::move(Parts)) {}
ParsedUnit::~ParsedUnit() {
  if (Self->Lost)
    (void)Self.release();
}

const std::string &ParsedUnit::file() const { return Self->Request.Command.File; }
const CompileCommand &ParsedUnit::command() const { return Self->Request.Command; }
llvm::ArrayRef<std::string> ParsedUnit::linkedFiles() const { return Self->Request.LinkedFiles; }
clang::CompilerInstance &ParsedUnit::compiler() { return *Self->CI; }
clang::ASTContext &ParsedUnit::context() { return Self->CI->getASTContext(); }
clang::Sema &ParsedUnit::sema() { return Self->CI->getSema(); }
clang::SourceManager &ParsedUnit::sources() { return Self->CI->getSourceManager(); }
clang::DiagnosticsEngine &ParsedUnit::diagnosticsEngine() { return Self->CI->getDiagnostics(); }
llvm::ArrayRef<clang::Decl *> ParsedUnit::userDecls() const { return Self->UserDecls; }
bool ParsedUnit::usedPch() const { return Self->Header != nullptr; }
llvm::ArrayRef<MissingHeader> ParsedUnit::missingHeaders() const { return Self->Missing; }
SourceSpan ParsedUnit::span(clang::SourceLocation Loc) const { return Self->Users->span(Loc); }

bool ParsedUnit::isUserLocation(clang::SourceLocation Loc) const {
  return Self->Users->contains(Loc);
}

bool ParsedUnit::isUserDecl(const clang::Decl *D) const {
  return D && !D->isFromASTFile() && Self->Users->contains(D->getLocation());
}

bool ParsedUnit::isMainFile(clang::SourceLocation Loc) const {
  if (Loc.isInvalid())
    return false;
  const clang::SourceManager &SM = Self->CI->getSourceManager();
  clang::FileID File = SM.getFileID(SM.getExpansionLoc(Loc));
  clang::OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
  return File == SM.getMainFileID() || (Entry && Entry->getName() == file());
}

llvm::ArrayRef<SourceDiagnostic> ParsedUnit::diagnostics() const {
  return Self->Collector.Diagnostics;
}

llvm::ArrayRef<SourceDiagnostic> ParsedUnit::linkedDiagnostics() const {
  return diagnostics().drop_until([](const SourceDiagnostic &D) { return !D.LinkedFile.empty(); });
}

unsigned ParsedUnit::errorCount() const {
  unsigned Count = 0;
  for (const SourceDiagnostic &D : Self->Collector.Diagnostics)
    Count += D.Severity == SourceDiagnostic::Level::Error;
  return Count;
}

/// What \p F returns, when it parsed without an error.
static const clang::Expr *returnedBy(const clang::FunctionDecl *F) {
  if (!F || !F->hasBody())
    return nullptr;
  for (const clang::Stmt *S : F->getBody()->children())
    if (auto *Return = llvm::dyn_cast_or_null<clang::ReturnStmt>(S))
      if (const clang::Expr *Value = Return->getRetValue(); Value && !Value->containsErrors())
        return Value->IgnoreImplicit();
  return nullptr;
}

llvm::Expected<const clang::Expr *> ParsedUnit::expression(llvm::StringRef Text,
                                                           llvm::ArrayRef<std::string> Namespaces,
                                                           const FrontendOptions &Options) {
  auto [Known, New] = Self->Expressions.try_emplace(Text);
  if (Known->second)
    return Known->second;
  // The body of a function whose type is deduced is parsed even where bodies are skipped.
  const std::string Name = "clang_energy_expression_" + std::to_string(++Self->ExpressionCount);
  std::string Function = "static inline auto " + Name + "() { ";
  for (llvm::ArrayRef<std::string> Names : {Namespaces, llvm::ArrayRef(Self->MainNamespaces)})
    for (const std::string &Namespace : Names)
      Function += "using namespace ::" + Namespace + "; ";
  Function += "return\n" + Text.str() + "\n; }\n";
  // It is no part of the user's program: nothing is to be found in it.
  Self->Collector.LinkedFile.clear();
  const size_t Decls = Self->UserDecls.size(), Before = diagnostics().size();
  if (!Self->parseText(Function, ExpressionFile, Options))
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "the parser did not survive it");
  for (clang::Decl *D : llvm::ArrayRef(Self->UserDecls).drop_front(Decls))
    if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(D); F && F->getIdentifier() && F->getName() == Name)
      Known->second = returnedBy(F);
  Self->UserDecls.resize(Decls);
  std::string Why;
  for (const SourceDiagnostic &D : diagnostics().drop_front(Before))
    if (D.Severity == SourceDiagnostic::Level::Error && Why.empty())
      Why = D.Message;
  Self->Collector.Diagnostics.resize(Before);
  if (Why.empty() && Known->second)
    return Known->second;
  Self->Expressions.erase(Text);
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why.empty() ? "it has no value" : Why);
}

} // namespace energy::frontend
