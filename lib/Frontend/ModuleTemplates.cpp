// Templates of module classes: their members are instantiated before they are read.
#include "Frontend/SemaQueries.h"
#include "Frontend/SourceModel.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace energy::frontend {
namespace {
using clang::CXXRecordDecl;

/// Instantiates the members of the user's module templates. Only LibTorch's skipped
/// bodies (make_shared, ModuleHolder) would have asked for most of them.
class TemplateCompleter {
public:
  explicit TemplateCompleter(ParsedUnit &Unit) : Unit(Unit) {}

  void run() {
    for (clang::Decl *D : Unit.userDecls())
      findTemplates(D);
    // A new body can need new classes, whose members are then instantiated too.
    constexpr unsigned MaxRounds = 8;
    bool Changed = true;
    for (unsigned Round = 0; Changed && Round < MaxRounds; ++Round) {
      Changed = false;
      for (clang::ClassTemplateDecl *Template : Templates) {
        std::vector<clang::ClassTemplateSpecializationDecl *> All(Template->spec_begin(),
                                                                  Template->spec_end());
        for (auto *Special : All)
          Changed = complete(Special) || Changed;
      }
    }
  }

private:
  ParsedUnit &Unit;
  std::vector<clang::ClassTemplateDecl *> Templates;
  llvm::SmallPtrSet<const CXXRecordDecl *, 16> Done;
  static constexpr unsigned MaxClasses = 500;

  void findTemplates(clang::Decl *D) {
    if (auto *Template = llvm::dyn_cast<clang::ClassTemplateDecl>(D)) {
      if (isModuleClass(Template->getTemplatedDecl()))
        Templates.push_back(Template);
    } else if (auto *Namespace = llvm::dyn_cast<clang::NamespaceDecl>(D)) {
      for (clang::Decl *Inner : Namespace->decls())
        findTemplates(Inner);
    }
  }

  bool complete(clang::ClassTemplateSpecializationDecl *Special) {
    if (Done.size() >= MaxClasses || !Done.insert(Special->getCanonicalDecl()).second)
      return false;
    const CXXRecordDecl *Class = completeClass(Unit, Special);
    if (!Class)
      return false;
    for (const clang::CXXMethodDecl *Method : Class->methods())
      if (!Method->isImplicit())
        (void)bodyOf(Unit, Method);
    return true;
  }
};

} // namespace

void completeModuleTemplates(ParsedUnit &Unit) { TemplateCompleter(Unit).run(); }

} // namespace energy::frontend
