/// \file
/// Dispatch of calls that leave the user's code: to a row of a library model,
/// to the op table, to a LibTorch module or functional; else unknown, by name.
#include "Interp/Json.h"
#include "Interp/StdStream.h"
#include "Interp/Toml.h"
#include "Interp/Yaml.h"
#include "Torch/Layer.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

const Result &LibraryCall::result(unsigned I) {
  if (Done.size() <= I)
    Done.resize(I + 1);
  if (!Done[I])
    Done[I] = I < Args.size() ? M.eval(Args[I]) : Result(Value(Null()));
  return *Done[I];
}
Value LibraryCall::arg(unsigned I) { return I < size() ? result(I).value() : Value(Null()); }
Cell *LibraryCall::place(unsigned I) {
  const Result &R = result(I);
  return R.Place ? R.Place : M.Mem.cell(R.V);
}
std::optional<int64_t> LibraryCall::integer(unsigned I) { return arg(I).integer(); }
std::vector<Value> LibraryCall::values(unsigned First) {
  std::vector<Value> Out;
  for (unsigned I = First; I < size(); ++I)
    Out.push_back(arg(I));
  return Out;
}
void LibraryCall::setValues(std::vector<Result> Values) {
  Done.assign(Values.begin(), Values.end());
}

Machine::Machine(frontend::Project &Project, frontend::ParsedUnit &Unit,
                 const InterpOptions &Options, ModelGraph &Graph)
    : Project(Project), Unit(Unit), Options(Options), Builder(Graph) {}

SourceSpan Machine::span(const Expr *E) { return E ? Unit.span(E->getExprLoc()) : Builder.location(); }

UnknownId Machine::unknownAt(SourceSpan Place, const llvm::Twine &Why, llvm::StringRef Give) {
  SourceSpan Outer = Builder.location();
  Builder.setLocation(std::move(Place));
  UnknownId Id = Builder.unknown(Why, Give);
  Builder.setLocation(std::move(Outer));
  return Id;
}
UnknownId Machine::unknownId(const llvm::Twine &Why, const Expr *E, llvm::StringRef Give) {
  return unknownAt(E ? span(E) : Builder.location(), Why, Give);
}
Value Machine::unknown(const llvm::Twine &Why, const Expr *E, llvm::StringRef Give) {
  return stopped() ? Value(Stopped) : Value(unknownId(Why, E, Give));
}
Value Machine::unexpected(const llvm::Twine &Why, const Value &V, const Expr *E) {
  return V.isUnknown() ? V : unknown(Why + " " + describe(V), E);
}
Value Machine::doesNotCompile(SourceRange Code) {
  const SourceSpan From = Unit.span(Code.getBegin()), To = Unit.span(Code.getEnd());
  std::string Why = "the code here does not compile against this LibTorch";
  for (const frontend::SourceDiagnostic &D : Unit.diagnostics())
    if (D.Severity == frontend::SourceDiagnostic::Level::Error && D.Location.File == From.File &&
        From.Line <= D.Location.Line && D.Location.Line <= To.Line) {
      Why += ": " + D.Message;
      break;
    }
  return stopped() ? Value(Stopped) : Value(unknownAt(From, Why));
}
Value Machine::stop(const llvm::Twine &Why, const Expr *E) {
  if (!stopped())
    Stopped = unknownId(Why, E);
  return Stopped;
}
Value Machine::throws(const llvm::Twine &Why, const Expr *E) {
  Value V = stop(Why, E);
  StopIsThrow = true;
  return V;
}
Value Machine::impossible(const llvm::Twine &Why, const Expr *E) {
  Value V = unknown(Why, E);
  UnknownId Id = *V.as<UnknownId>();
  Builder.graph().Unknowns[static_cast<size_t>(Id)].Throws = true;
  if (StopAtRejection && Condition == UnknownId::None && !stopped()) {
    Stopped = Id;
    StopIsLimit = true;
  }
  return V;
}

namespace {

const llvm::StringMap<LibraryRule> &allRules() {
  static const llvm::StringMap<LibraryRule> Rules = [] {
    llvm::StringMap<LibraryRule> Map;
    for (llvm::ArrayRef<LibraryRow> Rows :
         {containerRows(), handleRows(), stringRows(), streamRows(), jsonRows(), yamlRows(), tomlRows(),
          utilityRows(), algorithmRows(), moduleRows(), registrationRows(), tensorRows(), programOptionRows()})
      for (const LibraryRow &R : Rows)
        Map[R.Name] = R.Rule;
    return Map;
  }();
  return Rules;
}

/// The name since 1.5 of an option that was called otherwise before.
llvm::StringRef optionName(llvm::StringRef Name) {
  return llvm::StringSwitch<llvm::StringRef>(Name)
      .Case("with_bias", "bias")
      .Case("layers", "num_layers")
      .Case("rate", "p")
      .Case("stateful", "track_running_stats")
      .Default(Name);
}

/// `options.stride(2)` sets a field; `options.stride()` is the field.
Result optionAccessor(LibraryCall &C) {
  Machine &M = C.machine();
  Object *O = C.self().get<Object>();
  if (!O)
    return C.self();
  std::string Name = (optionName(C.Callee->getName()) + "_").str();
  const FieldDecl *Field = nullptr;
  for (const CXXRecordDecl *R = O->Class; R && !Field;) {
    for (const FieldDecl *F : R->fields())
      if (F->getName() == Name)
        Field = F;
    R = R->getNumBases() ? R->bases_begin()->getType()->getAsCXXRecordDecl() : nullptr;
  }
  if (!Field)
    return M.unknown("option '" + C.Callee->getNameAsString() + "' of '" + O->Class->getName() +
                         "' is not known", C.E);
  Cell *Place = M.field(O, Field);
  if (C.size() == 0)
    return Place;
  M.Mem.write(Place, M.adapt(M.Mem.copy(C.arg(0)), Field->getType()));
  return C.This;
}

/// A method of a layer that has a row of its own: MaxPool2d::forward_with_indices.
const torch::LayerDef *methodRow(const LibraryCall &C, const Object *Layer) {
  if (!Layer || !Layer->Module->Layer || !C.Callee->getIdentifier())
    return nullptr;
  return torch::findLayer((Layer->Module->Layer->Name + "::" + C.Callee->getName()).str());
}
Result layerMethod(LibraryCall &C, Object *Layer, const torch::LayerDef &Row) {
  Machine &M = C.machine();
  std::vector<ArgValue> Inputs;
  for (unsigned I = 0; I < C.size(); ++I)
    Inputs.push_back(M.toArg(C.arg(I)));
  auto Flat = torch::runLayer(Row, M.Builder, Layer->Module->Node, M.layerOptions(Layer), Inputs,
                              Layer->Module->Training);
  return M.fromTensors(std::move(Flat), C.Callee->getReturnType());
}

/// Splits `F::name(tensors..., options)` into inputs and options.
Result functional(LibraryCall &C) {
  Machine &M = C.machine();
  const torch::FunctionalDef *F = torch::findFunctional(C.Callee->getName());
  if (!F)
    return M.unknown("function 'torch::nn::functional::" + C.Callee->getName() +
                         "' has no row in the layer table", C.E);
  std::vector<NamedArg> Options;
  std::vector<ArgValue> Inputs;
  for (unsigned I = 0; I < C.Callee->getNumParams(); ++I) {
    QualType T = C.Callee->getParamDecl(I)->getType();
    Value V = I < C.size() ? C.arg(I) : Value(Null());
    if (M.Kinds.of(T) == TypeKind::Options) {
      if (V.isNull())
        V = M.constructType(T.getNonReferenceType(), {}, C.E);
      Options = M.optionArgs(M.adapt(V, T));
    } else if (I < C.size()) {
      Inputs.push_back(M.toArg(V));
    }
  }
  if (M.stopped())
    return Value(M.Stopped);
  M.Builder.setLocation(M.span(C.E));
  auto Flat = torch::runFunctional(*F, M.Builder, Options, Inputs, M.Options.Training);
  return M.fromTensors(std::move(Flat), C.Callee->getReturnType());
}

bool isMethodOf(const FunctionDecl *F, TypeKinds &Kinds, TypeKind K) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return Method && Kinds.of(Method->getParent()) == K;
}

} // namespace

LibraryRule Machine::ruleFor(const FunctionDecl *F) {
  auto [It, New] = Rules.try_emplace(F->getCanonicalDecl(), nullptr);
  if (!New)
    return It->second;
  std::string Name = nameOf(F);
  LibraryRule Rule = allRules().lookup(Name);
  llvm::StringRef N = Name;
  if (llvm::StringRef Own = N; !Rule && (Own.consume_front("at::") || Own.consume_front("c10::")))
    Rule = allRules().lookup(("torch::" + Own).str()); // torch has all names of both
  if (!Rule && N.starts_with("torch::nn::functional::"))
    Rule = functional;
  if (!Rule && isMethodOf(F, Kinds, TypeKind::Options) && !isa<CXXConstructorDecl>(F))
    Rule = F->isOverloadedOperator() ? [](LibraryCall &C) -> Result {
      C.machine().Mem.write(C.This, C.machine().Mem.copy(C.arg(0)));
      return C.This;
    } : LibraryRule(optionAccessor);
  if (!Rule && (isMethodOf(F, Kinds, TypeKind::Tensor) || N.starts_with("at::") ||
                N.starts_with("torch::")) && !Unit.isUserDecl(F))
    Rule = [](LibraryCall &C) { return C.machine().callOp(C); };
  return Rules[F->getCanonicalDecl()] = Rule;
}

void Machine::forgetOutputs(LibraryCall &C, UnknownId Why) {
  for (unsigned I = 0; I < C.size() && I < C.Callee->getNumParams(); ++I) {
    QualType T = C.Callee->getParamDecl(I)->getType();
    if (!T->isLValueReferenceType() || T->getPointeeType().isConstQualified())
      continue;
    Cell *Into = C.place(I);
    // po::store(..., vm) fills the map; what is in it is looked up by name anyway.
    if (!moduleOf(Into->V) && Kinds.of(T->getPointeeType()) != TypeKind::ProgramOptions)
      Mem.write(Into, Why);
  }
}

Result Machine::callLibrary(LibraryCall &C) {
  if (!spend(C.E))
    return Value(Stopped);
  if (C.This && C.self().isUnknown()) {
    forgetOutputs(C, *C.self().as<UnknownId>());
    return C.self();
  }
  // What a holder does by itself is done by that part of the object.
  const Object *Whole = C.This ? C.self().get<Object>() : nullptr;
  if (Whole && Whole->Held && isMethodOf(C.Callee, Kinds, TypeKind::Holder) &&
      !extendsHolder(cast<CXXMethodDecl>(C.Callee)->getParent()))
    C.This = Whole->Held;
  LibraryRule Rule = ruleFor(C.Callee);
  Builder.setLocation(span(C.E));
  Object *Self = C.This ? moduleOf(C.self()) : nullptr;
  if (const torch::LayerDef *Row = methodRow(C, Self))
    return layerMethod(C, Self, *Row);
  if (Rule)
    return Rule(C);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(C.Callee)) {
    // A defaulted assignment of a user's class.
    if (Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator()) {
      assign(C.This, C.arg(0));
      return C.This;
    }
    if (isa<CXXConversionDecl>(Method))
      return C.This;
  }
  // What parse() of cxxopts makes answers by name, like a Boost variables_map.
  if (Kinds.of(C.Callee->getReturnType()) == TypeKind::ProgramOptions)
    return Value(Mem.tagged("ProgramOptions"));
  Value Why = Null();
  for (unsigned I = 0; I < C.size(); ++I)
    if (Value V = C.arg(I); V.isUnknown() && Why.isNull()) // arguments have effects
      Why = V;
  if (Why.isNull())
    Why = unknown("library function '" + nameOf(C.Callee) + "' is not modelled", C.E);
  forgetOutputs(C, *Why.as<UnknownId>());
  return Why;
}

void Machine::assign(Cell *To, const Value &From) {
  Object *Old = To->V.get<Object>(), *New = From.get<Object>();
  if (!Old || !New) {
    Mem.write(To, Mem.copy(From));
    return;
  }
  // In place: pointers to the object see the new contents.
  Value Copied = Mem.copy(From);
  Object *Source = Copied.get<Object>();
  for (auto [Field, C] : Source->Fields)
    Mem.write(Old->Fields[Field] ? Old->Fields[Field] : (Old->Fields[Field] = Mem.cell(Null())), C->V);
  if (Old->Module && Source->Module) {
    Mem.touch(Old->Module);
    *Old->Module = *Source->Module;
  }
  if (Old->Held && Source->Held)
    Mem.write(Old->Held, Source->Held->V);
}

ArgValue Machine::toArg(const Value &V) {
  if (auto *U = V.as<UnknownId>())
    return *U;
  if (auto *B = V.as<bool>())
    return *B;
  if (auto *I = V.as<int64_t>())
    return *I;
  if (auto *D = V.as<double>())
    return *D;
  if (auto *S = V.str())
    return *S;
  if (auto *T = V.as<DType>())
    return *T;
  if (auto *T = V.get<TensorBox>())
    return T->Arg;
  if (auto *R = V.as<Ref>())
    return toArg(R->Target->V);
  if (auto *T = V.get<Tagged>(); T && T->Tag == "TensorOptions" && T->Items[0].as<DType>())
    return *T->Items[0].as<DType>();
  const List *L = V.get<List>();
  if (!L)
    return {};
  if (L->Why != UnknownId::None)
    return L->Why;
  std::vector<TensorArg> Tensors;
  std::vector<int64_t> Ints, OptionalInts; ///< an absent one is -1, as the layer rules take it
  std::vector<double> Doubles;
  std::vector<bool> Bools;
  for (const Cell *C : L->Items) {
    ArgValue A = toArg(C->V);
    if (A.as<UnknownId>())
      return A;
    if (auto *T = A.as<TensorArg>())
      Tensors.push_back(*T);
    else if (auto *Nested = A.as<std::vector<TensorArg>>())
      Tensors.insert(Tensors.end(), Nested->begin(), Nested->end());
    else if (auto *I = A.as<int64_t>())
      Ints.push_back(*I), OptionalInts.push_back(*I), Doubles.push_back(static_cast<double>(*I));
    else if (auto *D = A.as<double>())
      Doubles.push_back(*D);
    else if (auto *B = A.as<bool>())
      Bools.push_back(*B);
    else if (A.isNone())
      Tensors.push_back(TensorArg::undefined()), OptionalInts.push_back(-1);
  }
  size_t N = L->Items.size();
  if (Ints.size() == N)
    return Ints;
  if (!Ints.empty() && OptionalInts.size() == N)
    return OptionalInts;
  if (Doubles.size() == N)
    return Doubles;
  if (Bools.size() == N)
    return Bools;
  return Tensors;
}

TensorArg Machine::toTensor(const Value &V) {
  if (auto *T = V.get<TensorBox>())
    return T->Arg;
  if (auto *R = V.as<Ref>())
    return toTensor(R->Target->V);
  if (auto *U = V.as<UnknownId>())
    return TensorArg::unknown(*U);
  if (V.isNull())
    return TensorArg::undefined();
  return TensorArg::unknown(unknownId("a tensor is expected, not " + describe(V)));
}

namespace {
Value distribute(Machine &M, const std::vector<TensorArg> &Flat, size_t &Next, QualType T) {
  TypeKind K = M.Kinds.of(T);
  if (K == TypeKind::Tuple) {
    List *L = M.Mem.list();
    for (unsigned I = 0;; ++I) {
      QualType Element = typeArgument(T, I);
      if (Element.isNull())
        return L;
      L->Items.push_back(M.Mem.cell(distribute(M, Flat, Next, Element)));
    }
  }
  if (K == TypeKind::List) {
    List *L = M.Mem.list();
    while (Next < Flat.size())
      L->Items.push_back(M.Mem.cell(M.fromTensor(Flat[Next++])));
    return L;
  }
  if (Next >= Flat.size())
    return M.Mem.undefinedTensor();
  return M.fromTensor(Flat[Next++]);
}
} // namespace

Value Machine::fromTensors(std::vector<TensorArg> Flat, QualType T) {
  size_t Next = 0;
  // A whole list or tuple of unknown length is unknown itself.
  if (Kinds.of(T) == TypeKind::List && Flat.size() == 1 && !Flat[0].known() && Flat[0].Defined)
    return Flat[0].Unknown;
  return distribute(*this, Flat, Next, T);
}

Object *Machine::moduleOf(const Value &V) {
  Value Now = V;
  for (int I = 0; I < 4; ++I) {
    Object *O = Now.get<Object>();
    if (O && !O->Held)
      return O->Module ? O : nullptr;
    if (O)
      Now = O->Held->V;
    else if (auto *R = Now.as<Ref>())
      Now = R->Target->V;
    else
      return nullptr;
  }
  return nullptr;
}

std::string Machine::textOf(const Value &V) {
  if (auto *S = V.str())
    return *S;
  if (auto *I = V.as<int64_t>())
    return std::to_string(*I);
  if (auto *D = V.as<double>())
    return std::to_string(*D);
  if (auto *B = V.as<bool>())
    return *B ? "1" : "0";
  return "";
}
