#include "Frontend/DeclaredOptions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace energy::frontend {
namespace {

const clang::StringLiteral *literalIn(const clang::Stmt *S, unsigned Depth = 0) {
  if (!S || Depth > 12)
    return nullptr;
  if (auto *Text = llvm::dyn_cast<clang::StringLiteral>(S))
    return Text;
  for (const clang::Stmt *Child : S->children())
    if (const clang::StringLiteral *Found = literalIn(Child, Depth + 1))
      return Found;
  return nullptr;
}

bool isClass(clang::QualType Type, llvm::StringRef Name) {
  const clang::CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->getQualifiedNameAsString() == Name;
}

llvm::StringRef calleeName(const clang::CallExpr *Call) {
  const clang::FunctionDecl *F = Call->getDirectCallee();
  return F && F->getIdentifier() ? F->getName() : "";
}

class OptionCollector : public clang::RecursiveASTVisitor<OptionCollector> {
public:
  OptionCollector(ParsedUnit &Unit, std::vector<DeclaredOption> &Out) : Unit(Unit), Out(Out) {}

  /// add_options()("name", value<T>()->default_value(x), "text")
  bool VisitCXXOperatorCallExpr(clang::CXXOperatorCallExpr *Call) {
    if (Call->getOperator() != clang::OO_Call || Call->getNumArgs() < 2)
      return true;
    clang::QualType Object = Call->getArg(0)->getType().getNonReferenceType();
    bool Boost = isClass(Object, "boost::program_options::options_description_easy_init");
    bool Cxxopts = isClass(Object, "cxxopts::OptionAdder");
    const clang::StringLiteral *Name = Boost || Cxxopts ? literalIn(Call->getArg(1)) : nullptr;
    if (!Name)
      return true;
    DeclaredOption Option;
    Option.DefaultIsText = Cxxopts;
    for (unsigned I = 2; I < Call->getNumArgs(); ++I)
      readChain(Call->getArg(I), Option, 0);
    add(std::move(Option), Name, Call->getArg(1)->getBeginLoc());
    return true;
  }

  /// parser.add_argument("--name").default_value(x): the outermost call of a chain is
  /// visited first and reads the whole chain.
  bool VisitCXXMemberCallExpr(clang::CXXMemberCallExpr *Call) {
    DeclaredOption Option;
    const clang::CXXMemberCallExpr *Link = Call;
    while (Link && SeenLinks.insert(Link).second) {
      if (!isClass(Link->getObjectType(), "argparse::ArgumentParser") &&
          !isClass(Link->getObjectType(), "argparse::Argument"))
        return true;
      llvm::StringRef Name = calleeName(Link);
      if (Name == "default_value" && Link->getNumArgs() == 1 && !Option.Default) {
        Option.Default = Link->getArg(0);
        Option.Type = Option.Default->getType().getNonReferenceType();
      }
      if (Name == "add_argument") {
        if (const clang::StringLiteral *Longest = longestName(Link))
          add(std::move(Option), Longest, Link->getBeginLoc());
        return true;
      }
      const clang::Expr *Object = Link->getImplicitObjectArgument();
      Link = Object ? llvm::dyn_cast<clang::CXXMemberCallExpr>(Object->IgnoreParenImpCasts())
                    : nullptr;
    }
    return true;
  }

private:
  ParsedUnit &Unit;
  std::vector<DeclaredOption> &Out;
  llvm::SmallPtrSet<const clang::Expr *, 32> SeenLinks;

  static const clang::StringLiteral *longestName(const clang::CXXMemberCallExpr *Call) {
    const clang::StringLiteral *Longest = nullptr;
    for (const clang::Expr *Argument : Call->arguments())
      if (const clang::StringLiteral *Text = literalIn(Argument))
        if (!Longest || Text->getLength() > Longest->getLength())
          Longest = Text;
    return Longest;
  }

  /// value<T>()->default_value(x)->...: wherever it stands in the chain.
  void readChain(const clang::Stmt *S, DeclaredOption &Option, unsigned Depth) {
    if (!S || Depth > 32)
      return;
    if (auto *Call = llvm::dyn_cast<clang::CallExpr>(S)) {
      llvm::StringRef Name = calleeName(Call);
      if (Name == "default_value" && Call->getNumArgs() >= 1 && !Option.Default)
        Option.Default = Call->getArg(0);
      if (Name == "value")
        if (const clang::TemplateArgumentList *Arguments =
                Call->getDirectCallee()->getTemplateSpecializationArgs())
          if (Arguments->size() > 0 && Arguments->get(0).getKind() == clang::TemplateArgument::Type)
            Option.Type = Arguments->get(0).getAsType();
      if (Name == "bool_switch")
        Option.Type = Unit.context().BoolTy;
    }
    for (const clang::Stmt *Child : S->children())
      readChain(Child, Option, Depth + 1);
  }

  void add(DeclaredOption Option, const clang::StringLiteral *Name, clang::SourceLocation At) {
    if (!Name->isOrdinary())
      return;
    Option.Name = longOptionName(Name->getString());
    Option.Location = Unit.span(At);
    if (!Option.Name.empty())
      Out.push_back(std::move(Option));
  }
};

} // namespace

std::string longOptionName(llvm::StringRef Spelling) {
  llvm::StringRef Best;
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Spelling.split(Parts, ',');
  for (llvm::StringRef Part : Parts) {
    Part = Part.trim().ltrim('-');
    if (Part.size() > Best.size())
      Best = Part;
  }
  return Best.str();
}

std::vector<DeclaredOption> declaredOptions(ParsedUnit &Unit) {
  std::vector<DeclaredOption> Result;
  OptionCollector Collector(Unit, Result);
  for (clang::Decl *D : Unit.userDecls())
    Collector.TraverseDecl(D);
  return Result;
}

} // namespace energy::frontend
