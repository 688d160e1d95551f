#include "Frontend/SemaQueries.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/EnterExpressionEvaluationContext.h"
#include "clang/Sema/Initialization.h"
#include "clang/Sema/Sema.h"

namespace energy::frontend {
namespace {

/// Errors in what is instantiated are not the user's: nobody compiles that code here.
class Quietly {
public:
  explicit Quietly(ParsedUnit &Unit)
      : Diags(Unit.diagnosticsEngine()), Before(Diags.getSuppressAllDiagnostics()) {
    Diags.setSuppressAllDiagnostics(true);
  }
  ~Quietly() { Diags.setSuppressAllDiagnostics(Before); }

private:
  clang::DiagnosticsEngine &Diags;
  bool Before;
};

} // namespace

const clang::FunctionDecl *bodyOf(ParsedUnit &Unit, const clang::FunctionDecl *F) {
  const clang::FunctionDecl *Definition = nullptr;
  if (F->hasBody(Definition) && Definition)
    return Definition;
  const clang::FunctionDecl *Pattern = F->getTemplateInstantiationPattern();
  if (!Pattern || !Pattern->isDefined() || F->isDependentContext())
    return nullptr;
  Quietly Quiet(Unit);
  auto *Target = const_cast<clang::FunctionDecl *>(F);
  Unit.sema().InstantiateFunctionDefinition(F->getLocation(), Target, /*Recursive=*/true,
                                            /*DefinitionRequired=*/false);
  return F->hasBody(Definition) ? Definition : nullptr;
}

const clang::CXXRecordDecl *completeClass(ParsedUnit &Unit, const clang::CXXRecordDecl *Class) {
  if (const clang::CXXRecordDecl *Definition = Class->getDefinition())
    return Definition;
  if (Class->isDependentContext())
    return nullptr;
  Quietly Quiet(Unit);
  clang::QualType Type = Unit.context().getRecordType(Class);
  if (!Unit.sema().isCompleteType(Class->getLocation(), Type))
    return nullptr;
  return Class->getDefinition();
}

const clang::Expr *constructExpr(ParsedUnit &Unit, const clang::CXXRecordDecl *Class,
                                 llvm::ArrayRef<const clang::Expr *> Arguments,
                                 clang::SourceLocation At) {
  Class = completeClass(Unit, Class);
  if (!Class)
    return nullptr;
  Quietly Quiet(Unit);
  clang::Sema &S = Unit.sema();
  clang::QualType Type = Unit.context().getRecordType(Class);
  llvm::SmallVector<clang::Expr *, 8> Values;
  for (const clang::Expr *E : Arguments) {
    if (E->isTypeDependent() || E->getType()->isPlaceholderType())
      return nullptr;
    Values.push_back(const_cast<clang::Expr *>(E));
  }
  clang::EnterExpressionEvaluationContext Context(
      S, clang::Sema::ExpressionEvaluationContext::PotentiallyEvaluated);
  auto Entity = clang::InitializedEntity::InitializeTemporary(Type);
  auto Kind = Values.empty() ? clang::InitializationKind::CreateValue(At, At, At)
                             : clang::InitializationKind::CreateDirect(At, At, At);
  clang::InitializationSequence Sequence(S, Entity, Kind, Values);
  if (!Sequence)
    return nullptr;
  clang::ExprResult Result = Sequence.Perform(S, Entity, Kind, Values);
  return Result.isUsable() ? Result.get() : nullptr;
}

const clang::Expr *fieldInitializer(ParsedUnit &Unit, const clang::FieldDecl *Field) {
  if (!Field->hasInClassInitializer())
    return nullptr;
  if (const clang::Expr *Written = Field->getInClassInitializer())
    return Written;
  Quietly Quiet(Unit);
  auto *Target = const_cast<clang::FieldDecl *>(Field);
  clang::ExprResult Result = Unit.sema().BuildCXXDefaultInitExpr(Field->getLocation(), Target);
  if (!Result.isUsable())
    return nullptr;
  return Field->getInClassInitializer();
}

const clang::Expr *defaultArgument(ParsedUnit &Unit, const clang::FunctionDecl *F,
                                   const clang::ParmVarDecl *Parameter) {
  if (!Parameter->hasDefaultArg() || Parameter->hasUnparsedDefaultArg())
    return nullptr;
  if (!Parameter->hasUninstantiatedDefaultArg())
    return Parameter->getDefaultArg();
  Quietly Quiet(Unit);
  auto *Target = const_cast<clang::ParmVarDecl *>(Parameter);
  auto *Function = const_cast<clang::FunctionDecl *>(F);
  if (Unit.sema().InstantiateDefaultArgument(Parameter->getLocation(), Function, Target))
    return nullptr;
  return Parameter->getDefaultArg();
}

} // namespace energy::frontend
