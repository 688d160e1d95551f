#include "Frontend/DeclaredOptions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/STLExtras.h"

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

/// The long name of "z,nz", "--nz,-z" or "--nz".
std::string longName(llvm::StringRef Spelling) {
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

  /// parser.add_argument("--name").default_value(x)
  bool VisitCXXMemberCallExpr(clang::CXXMemberCallExpr *Call) {
    llvm::StringRef Name = calleeName(Call);
    bool Ours = isClass(Call->getObjectType(), "argparse::ArgumentParser") ||
                isClass(Call->getObjectType(), "argparse::Argument");
    if (!Ours || !Parents.insert(Call).second)
      return true;
    DeclaredOption Option;
    const clang::Expr *E = Call;
    // The outermost call of a chain is visited first; the inner ones are marked as read.
    for (unsigned I = 0; I < 32; ++I) {
      auto *Link = llvm::dyn_cast<clang::CXXMemberCallExpr>(E->IgnoreParenImpCasts());
      if (!Link)
        return true;
      Parents.insert(Link);
      Name = calleeName(Link);
      if (Name == "default_value" && Link->getNumArgs() == 1 && !Option.Default)
        takeDefault(Link->getArg(0), Option);
      if (Name == "add_argument") {
        const clang::Stmt *Longest = nullptr;
        for (const clang::Expr *Argument : Link->arguments())
          if (const clang::StringLiteral *Text = literalIn(Argument))
            if (!Longest ||
                Text->getLength() > llvm::cast<clang::StringLiteral>(Longest)->getLength())
              Longest = Text;
        if (Longest)
          add(std::move(Option), llvm::cast<clang::StringLiteral>(Longest), Link->getBeginLoc());
        return true;
      }
      E = Link->getImplicitObjectArgument();
      if (!E)
        return true;
    }
    return true;
  }

private:
  ParsedUnit &Unit;
  std::vector<DeclaredOption> &Out;
  llvm::SmallPtrSet<const clang::Expr *, 32> Parents;

  static void takeDefault(const clang::Expr *E, DeclaredOption &Option) {
    Option.Default = E;
    if (Option.Type.isNull() && !Option.DefaultIsText)
      Option.Type = E->getType().getNonReferenceType();
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
    Option.Name = longName(Name->getString());
    Option.Location = Unit.span(At);
    if (!Option.Name.empty())
      Out.push_back(std::move(Option));
  }
};

} // namespace

std::vector<DeclaredOption> declaredOptions(ParsedUnit &Unit) {
  std::vector<DeclaredOption> Result;
  OptionCollector Collector(Unit, Result);
  for (clang::Decl *D : Unit.userDecls())
    Collector.TraverseDecl(D);
  return Result;
}

} // namespace energy::frontend
