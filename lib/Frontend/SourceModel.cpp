#include "Frontend/SourceModel.h"
#include "llvm/ADT/STLExtras.h"

namespace energy::frontend {

std::string ModuleClass::displayName() const {
  if (!HolderName.empty())
    return HolderName;
  llvm::StringRef Short = Name;
  Short.consume_back("Impl");
  llvm::StringRef Last = Short.substr(Short.rfind(':') + 1);
  return (Last.empty() ? llvm::StringRef(Name) : Short).str();
}

bool ModuleClass::isOnlyDeclared() const {
  return !Forwards.empty() && Constructions.empty() &&
         llvm::none_of(Forwards, [](const clang::CXXMethodDecl *F) { return F->isDefined(); });
}

bool ModuleClass::isRoot() const {
  bool Instantiated = !Template || !Instantiations.empty();
  return ContainedIn.empty() && isCallable() && !IsAbstract && Instantiated &&
         !(IsBase && Constructions.empty());
}

static llvm::StringRef lastPart(llvm::StringRef Name) { return Name.substr(Name.rfind(':') + 1); }

const ModuleClass *SourceModel::find(llvm::StringRef Name) const {
  for (const ModuleClass &C : Classes)
    if (C.Name == Name || C.HolderName == Name)
      return &C;
  for (const ModuleClass &C : Classes)
    if (lastPart(C.Name) == Name || lastPart(C.HolderName) == Name || C.displayName() == Name ||
        lastPart(C.displayName()) == Name)
      return &C;
  return nullptr;
}

const ModuleClass *SourceModel::find(const clang::CXXRecordDecl *Class) const {
  if (!Class)
    return nullptr;
  const clang::CXXRecordDecl *Canonical = Class->getCanonicalDecl();
  for (const ModuleClass &C : Classes) {
    if (C.Decl->getCanonicalDecl() == Canonical)
      return &C;
    for (const clang::CXXRecordDecl *Instance : C.Instantiations)
      if (Instance->getCanonicalDecl() == Canonical)
        return &C;
  }
  return nullptr;
}

std::vector<std::string> SourceModel::namespaces() const {
  std::vector<std::string> Result;
  for (const ModuleClass &C : Classes) {
    const clang::DeclContext *Context = C.Decl->getDeclContext();
    auto *Namespace = llvm::dyn_cast<clang::NamespaceDecl>(Context->getEnclosingNamespaceContext());
    if (!Namespace || Namespace->isAnonymousNamespace())
      continue;
    std::string Name = Namespace->getQualifiedNameAsString();
    if (Name.find('(') == std::string::npos && !llvm::is_contained(Result, Name))
      Result.push_back(std::move(Name));
  }
  return Result;
}

} // namespace energy::frontend
