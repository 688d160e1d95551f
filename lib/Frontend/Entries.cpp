// What a program calls on a module that has no forward().
#include "Frontend/SemaQueries.h"
#include "Frontend/SourceModel.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace energy::frontend {
namespace {
using clang::CXXMethodDecl;
using clang::CXXRecordDecl;
using clang::FunctionDecl;

/// A tensor, or what has one inside: containers, tuples and the user's structs.
bool holdsTensor(clang::QualType Type, unsigned Depth = 0) {
  constexpr unsigned MaxDepth = 8;
  Type = Type.getNonReferenceType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || Depth > MaxDepth)
    return false;
  if (Class->getQualifiedNameAsString() == "at::Tensor")
    return true;
  if (auto *Special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(Class))
    return llvm::any_of(Special->getTemplateArgs().asArray(), [&](const clang::TemplateArgument &Argument) {
      auto Holds = [&](const clang::TemplateArgument &A) {
        return A.getKind() == clang::TemplateArgument::Type && holdsTensor(A.getAsType(), Depth + 1);
      };
      return Argument.getKind() == clang::TemplateArgument::Pack ? llvm::any_of(Argument.pack_elements(), Holds)
                                                                 : Holds(Argument);
    });
  Class = Class->getDefinition();
  return Class && !Class->isFromASTFile() && !isModuleClass(Class) && !heldModule(Class) &&
         llvm::any_of(Class->fields(),
                      [&](const clang::FieldDecl *Field) { return holdsTensor(Field->getType(), Depth + 1); });
}

/// Finds whether a function calls a layer, itself or through the user's functions that it calls.
class LayerCallFinder : public clang::RecursiveASTVisitor<LayerCallFinder> {
public:
  explicit LayerCallFinder(ParsedUnit &Unit) : Unit(Unit) {}

  bool callsLayer(const FunctionDecl *F) {
    follow(F);
    return Found;
  }

  bool VisitCallExpr(clang::CallExpr *E) {
    const FunctionDecl *Callee = E->getDirectCallee();
    if (!Callee)
      return true;
    const clang::Expr *Object = nullptr;
    if (auto *Member = llvm::dyn_cast<clang::CXXMemberCallExpr>(E))
      Object = Member->getImplicitObjectArgument();
    else if (llvm::isa<clang::CXXOperatorCallExpr>(E))
      Object = E->getArg(0);
    Found = Found || (Object && callsForward(E) && moduleOf(Object->getType()));
    if (!Found && Unit.isUserDecl(Callee))
      follow(Callee);
    return !Found;
  }

private:
  ParsedUnit &Unit;
  llvm::SmallPtrSet<const FunctionDecl *, 16> Done;
  bool Found = false;

  void follow(const FunctionDecl *F) {
    const FunctionDecl *Definition = bodyOf(Unit, F);
    if (Definition && Done.insert(Definition->getCanonicalDecl()).second)
      TraverseStmt(Definition->getBody());
  }
};

bool isEntry(ParsedUnit &Unit, const CXXMethodDecl *M) {
  return M->isInstance() && !M->isImplicit() && M->getAccess() == clang::AS_public &&
         !llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl, clang::CXXConversionDecl>(M) &&
         holdsTensor(M->getReturnType()) &&
         llvm::any_of(M->parameters(), [](const clang::ParmVarDecl *P) { return holdsTensor(P->getType()); }) &&
         LayerCallFinder(Unit).callsLayer(M);
}

bool namedForward(const CXXMethodDecl *M) {
  return M->getIdentifier() && M->getName().contains_insensitive("forward");
}
} // namespace

bool callsForward(const clang::CallExpr *Call) {
  if (auto *Operator = llvm::dyn_cast<clang::CXXOperatorCallExpr>(Call))
    return Operator->getOperator() == clang::OO_Call;
  const FunctionDecl *Callee = Call->getDirectCallee();
  return Callee && Callee->getIdentifier() && Callee->getName() == "forward";
}

llvm::SmallVector<const CXXMethodDecl *, 2> findEntries(ParsedUnit &Unit, const ModuleClass &C) {
  llvm::SmallVector<const CXXMethodDecl *, 2> Entries;
  const CXXRecordDecl *Class = C.Instantiations.empty() ? C.Decl : C.Instantiations.front();
  for (const CXXMethodDecl *M : Class->methods())
    if (isEntry(Unit, M) && llvm::none_of(Entries, [&](const CXXMethodDecl *Other) {
          return Other->getDeclName() == M->getDeclName();
        }))
      Entries.push_back(M);
  if (llvm::any_of(Entries, namedForward))
    llvm::erase_if(Entries, [](const CXXMethodDecl *M) { return !namedForward(M); });
  return Entries;
}

} // namespace energy::frontend
