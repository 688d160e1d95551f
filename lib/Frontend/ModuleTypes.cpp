// What a C++ type has to do with torch::nn modules.
#include "Frontend/SourceModel.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace energy::frontend {
namespace {

constexpr unsigned MaxDepth = 24; ///< of a chain of bases or template arguments

bool inNamespaceNn(const clang::Decl *D) {
  auto *Inner = llvm::dyn_cast<clang::NamespaceDecl>(D->getDeclContext()->getRedeclContext());
  if (!Inner || !Inner->getIdentifier() || Inner->getName() != "nn")
    return false;
  auto *Outer = llvm::dyn_cast<clang::NamespaceDecl>(Inner->getDeclContext());
  return Outer && Outer->getIdentifier() && Outer->getName() == "torch";
}

/// The class of \p Type; for a dependent specialisation its template's pattern.
const clang::CXXRecordDecl *recordOf(clang::QualType Type) {
  if (Type.isNull())
    return nullptr;
  if (const clang::CXXRecordDecl *Record = Type->getAsCXXRecordDecl())
    return Record;
  if (auto *Special = Type->getAs<clang::TemplateSpecializationType>())
    if (clang::TemplateDecl *Template = Special->getTemplateName().getAsTemplateDecl())
      return llvm::dyn_cast_or_null<clang::CXXRecordDecl>(Template->getTemplatedDecl());
  return nullptr;
}

bool isModule(const clang::CXXRecordDecl *Class, unsigned Depth) {
  if (!Class || Depth > MaxDepth)
    return false;
  if (Class->getIdentifier() && Class->getName() == "Module" && inNamespaceNn(Class))
    return true;
  Class = Class->getDefinition();
  if (!Class)
    return false;
  for (const clang::CXXBaseSpecifier &Base : Class->bases())
    if (isModule(recordOf(Base.getType()), Depth + 1))
      return true;
  return false;
}

const clang::CXXRecordDecl *held(const clang::CXXRecordDecl *Class, unsigned Depth) {
  if (!Class || Depth > MaxDepth)
    return nullptr;
  if (auto *Special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(Class))
    if (Special->getIdentifier() && Special->getName() == "ModuleHolder" &&
        inNamespaceNn(Special)) {
      const clang::TemplateArgument &Argument = Special->getTemplateArgs()[0];
      return Argument.getKind() == clang::TemplateArgument::Type ? recordOf(Argument.getAsType())
                                                                 : nullptr;
    }
  Class = Class->getDefinition();
  if (!Class)
    return nullptr;
  for (const clang::CXXBaseSpecifier &Base : Class->bases())
    if (const clang::CXXRecordDecl *Found = held(recordOf(Base.getType()), Depth + 1))
      return Found;
  return nullptr;
}

bool isSmartPointer(const clang::CXXRecordDecl *Class) {
  return Class->getIdentifier() && Class->isInStdNamespace() &&
         (Class->getName() == "shared_ptr" || Class->getName() == "unique_ptr" ||
          Class->getName() == "weak_ptr");
}

clang::QualType stripIndirection(clang::QualType Type) {
  for (unsigned I = 0; I < MaxDepth; ++I) {
    Type = Type.getNonReferenceType();
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    else if (const clang::ArrayType *Array = Type->getAsArrayTypeUnsafe())
      Type = Array->getElementType();
    else
      break;
  }
  return Type;
}

class ModuleCollector {
public:
  explicit ModuleCollector(llvm::SmallVectorImpl<const clang::CXXRecordDecl *> &Out) : Out(Out) {}

  void visit(clang::QualType Type, unsigned Depth) {
    if (Type.isNull() || Depth > MaxDepth)
      return;
    const clang::CXXRecordDecl *Class = recordOf(stripIndirection(Type));
    if (!Class || !Seen.insert(Class->getCanonicalDecl()).second)
      return;
    if (const clang::CXXRecordDecl *Module = held(Class, 0))
      return add(Module);
    if (isModule(Class, 0))
      return add(Class);
    if (auto *Special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(Class))
      for (const clang::TemplateArgument &Argument : Special->getTemplateArgs().asArray())
        visitArgument(Argument, Depth + 1);
    const clang::CXXRecordDecl *Definition = Class->getDefinition();
    if (Definition && !Definition->isFromASTFile() && !Definition->isInStdNamespace())
      for (const clang::FieldDecl *Field : Definition->fields())
        visit(Field->getType(), Depth + 1);
  }

private:
  llvm::SmallVectorImpl<const clang::CXXRecordDecl *> &Out;
  llvm::SmallPtrSet<const clang::CXXRecordDecl *, 16> Seen;

  void add(const clang::CXXRecordDecl *Module) {
    if (!llvm::is_contained(Out, Module))
      Out.push_back(Module);
  }
  void visitArgument(const clang::TemplateArgument &Argument, unsigned Depth) {
    if (Argument.getKind() == clang::TemplateArgument::Type)
      visit(Argument.getAsType(), Depth);
    if (Argument.getKind() == clang::TemplateArgument::Pack)
      for (const clang::TemplateArgument &Element : Argument.pack_elements())
        visitArgument(Element, Depth);
  }
};

} // namespace

bool isModuleClass(const clang::CXXRecordDecl *Class) { return isModule(Class, 0); }

const clang::CXXRecordDecl *heldModule(const clang::CXXRecordDecl *Class) { return held(Class, 0); }

const clang::CXXRecordDecl *moduleOf(clang::QualType Type) {
  for (unsigned I = 0; I < MaxDepth && !Type.isNull(); ++I) {
    const clang::CXXRecordDecl *Class = recordOf(stripIndirection(Type));
    if (!Class)
      return nullptr;
    if (const clang::CXXRecordDecl *Module = held(Class, 0))
      return Module;
    if (isModule(Class, 0))
      return Class;
    auto *Special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(Class);
    if (!Special || !isSmartPointer(Class) || Special->getTemplateArgs().size() == 0 ||
        Special->getTemplateArgs()[0].getKind() != clang::TemplateArgument::Type)
      return nullptr;
    Type = Special->getTemplateArgs()[0].getAsType();
  }
  return nullptr;
}

void modulesIn(clang::QualType Type, llvm::SmallVectorImpl<const clang::CXXRecordDecl *> &Out) {
  ModuleCollector(Out).visit(Type, 0);
}

} // namespace energy::frontend
