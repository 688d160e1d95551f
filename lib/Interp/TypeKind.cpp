#include "Interp/TypeKind.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace energy::interp;

/// Without Clang's printer where the name is an identifier, as nearly always.
static std::string nameOf(const NamedDecl *D) {
  return D->getIdentifier() ? D->getName().str() : D->getNameAsString();
}

std::string energy::interp::qualifiedName(const NamedDecl *D) {
  std::string Name = isa<CXXConversionDecl>(D) ? "operator conversion" : nameOf(D);
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent()) {
    const auto *N = dyn_cast<NamespaceDecl>(C);
    bool Named = N ? !N->isInline() && !N->isAnonymousNamespace() : isa<TagDecl>(C) && cast<TagDecl>(C)->getIdentifier();
    if (Named)
      Name.insert(0, nameOf(cast<NamedDecl>(C)) + "::");
  }
  return Name;
}

const CXXRecordDecl *energy::interp::findBase(const CXXRecordDecl *R, llvm::StringRef Name) {
  if (!R)
    return nullptr;
  if (R->getIdentifier() && Name.ends_with(R->getName()) && qualifiedName(R) == Name)
    return R;
  if (!R->hasDefinition())
    return nullptr;
  for (const CXXBaseSpecifier &B : R->getDefinition()->bases())
    if (const CXXRecordDecl *Found = findBase(B.getType()->getAsCXXRecordDecl(), Name))
      return Found;
  return nullptr;
}

QualType energy::interp::typeArgument(QualType T, unsigned I) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  if (!S)
    return {};
  llvm::SmallVector<TemplateArgument, 4> Flat;
  for (const TemplateArgument &A : S->getTemplateArgs().asArray()) {
    if (A.getKind() == TemplateArgument::Pack)
      Flat.append(A.pack_begin(), A.pack_end());
    else
      Flat.push_back(A);
  }
  if (I >= Flat.size() || Flat[I].getKind() != TemplateArgument::Type)
    return {};
  return Flat[I].getAsType();
}

namespace {
TypeKind kindByName(llvm::StringRef Name) {
  return llvm::StringSwitch<TypeKind>(Name)
      .Cases("at::Tensor", "at::TensorBase", "torch::Tensor", "c10::MaybeOwned", TypeKind::Tensor)
      .Cases("c10::Scalar", "c10::SymInt", "c10::SymFloat", "at::Scalar", TypeKind::Scalar)
      .Cases("std::vector", "std::array", "std::deque", "std::list", "std::initializer_list",
             "c10::ArrayRef", "c10::SmallVector", TypeKind::List)
      .Cases("c10::SmallVectorImpl", "c10::OptionalArrayRef", "torch::ExpandingArray",
             "torch::ExpandingArrayWithOptionalElem", "std::stack", "std::queue", "std::span",
             "std::forward_list", "c10::List", TypeKind::List)
      .Cases("c10::IListRef", "std::valarray", TypeKind::List)
      .Cases("std::pair", "std::tuple", "torch::OrderedDict::Item",
             "nlohmann::detail::iteration_proxy_value", "torch::nn::RNNOutput", TypeKind::Tuple)
      .Cases("std::basic_string", "std::basic_string_view", "c10::basic_string_view",
             "c10::string_view", "std::filesystem::path", "std::filesystem::__cxx11::path",
             TypeKind::String)
      .Cases("std::map", "std::unordered_map", "torch::OrderedDict", "std::multimap",
             "nlohmann::detail::iteration_proxy", TypeKind::Map)
      .Cases("nlohmann::basic_json", "nlohmann::detail::json_ref", TypeKind::Json)
      .Cases("toml::basic_value", "toml::table", "toml::array", "toml::node", "toml::node_view",
             "toml::parse_result", TypeKind::Json)
      .Cases("nlohmann::detail::iter_impl", "nlohmann::detail::json_reverse_iterator",
             TypeKind::JsonIterator)
      .Cases("std::set", "std::unordered_set", "std::multiset", TypeKind::Set)
      .Cases("std::optional", "c10::optional", "at::OptionalTensorRef", TypeKind::Optional)
      .Cases("std::variant", "c10::variant", "std::any", "mpark::variant", "c10::IValue",
             TypeKind::Variant)
      .Cases("std::shared_ptr", "std::unique_ptr", "std::weak_ptr", "std::reference_wrapper",
             "c10::intrusive_ptr", "std::__shared_ptr", "std::__shared_ptr_access",
             TypeKind::SmartPointer)
      .Case("std::function", TypeKind::Function)
      .Case("torch::nn::AnyModule", TypeKind::AnyModule)
      .Case("torch::nn::NamedAnyModule", TypeKind::NamedAnyModule)
      .Case("c10::TensorOptions", TypeKind::TensorOptions)
      .Case("at::indexing::TensorIndex", TypeKind::TensorIndex)
      .Case("at::indexing::Slice", TypeKind::Slice)
      .Cases("c10::Device", "c10::DeviceIndex", TypeKind::Device)
      .Cases("std::basic_ios", "std::ios_base", TypeKind::Stream)
      .Cases("std::basic_ostream", "std::basic_istream", "std::basic_iostream",
             "std::basic_ofstream", "std::basic_ifstream", "std::basic_fstream",
             TypeKind::Stream)
      .Cases("std::basic_stringstream", "std::basic_ostringstream", "std::basic_istringstream",
             TypeKind::Stream)
      .Cases("boost::program_options::variables_map", "cxxopts::ParseResult", "argparse::ArgumentParser",
             "boost::program_options::variable_value", "cxxopts::OptionValue",
             TypeKind::ProgramOptions)
      .Default(TypeKind::Other);
}

bool isIteratorName(llvm::StringRef Name) {
  return Name.starts_with("__gnu_cxx::__normal_iterator") || Name == "YAML::detail::iterator_base" ||
         (Name.starts_with("std::") &&
          (Name.contains("_iterator") || Name.contains("::iterator")));
}
} // namespace

TypeKind TypeKinds::classify(const CXXRecordDecl *R) {
  std::string Name = qualifiedName(R);
  llvm::StringRef N = Name;
  if (TypeKind K = kindByName(N); K != TypeKind::Other)
    return K;
  if (N.starts_with("torch::enumtype::"))
    return TypeKind::Enum;
  if (isIteratorName(N))
    return TypeKind::Iterator;
  if (findBase(R, "torch::nn::ModuleHolder"))
    return TypeKind::Holder;
  if (findBase(R, "torch::nn::Module"))
    return TypeKind::Module;
  if (N.starts_with("torch::") && N.ends_with("Options"))
    return TypeKind::Options;
  // A user's class that is a container is used as one (struct Layers : std::vector<int>).
  if (R->hasDefinition())
    for (const CXXBaseSpecifier &B : R->getDefinition()->bases())
      if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl())
        if (TypeKind K = of(Base); K == TypeKind::List || K == TypeKind::Tuple ||
                                   K == TypeKind::String || K == TypeKind::Map ||
                                   K == TypeKind::SmartPointer || K == TypeKind::Optional ||
                                   K == TypeKind::Stream || K == TypeKind::Scalar ||
                                   K == TypeKind::Iterator || K == TypeKind::Tensor)
          return K;
  return TypeKind::User;
}

TypeKind TypeKinds::of(const CXXRecordDecl *R) {
  R = R->getCanonicalDecl();
  if (auto It = Known.find(R); It != Known.end())
    return It->second;
  TypeKind K = classify(R);
  if (K == TypeKind::Tensor && R->getName() == "Tensor")
    TensorClass = R;
  Known[R] = K;
  return K;
}

TypeKind TypeKinds::of(QualType T) {
  if (T.isNull())
    return TypeKind::Other;
  T = T.getNonReferenceType().getCanonicalType();
  if (T->isArithmeticType() || T->isEnumeralType())
    return TypeKind::Number;
  if (T->isAnyPointerType() || T->isNullPtrType())
    return TypeKind::RawPointer;
  if (T->isArrayType())
    return TypeKind::List;
  if (const CXXRecordDecl *R = T->getAsCXXRecordDecl())
    return of(R);
  return TypeKind::Other;
}
