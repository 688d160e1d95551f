#include "Interp/Yaml.h"
#include "Interp/StdStream.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// \name Text to values
/// @{
constexpr unsigned MaxNesting = 64;

Value fromNode(Machine &M, llvm::yaml::Node *N, unsigned Depth) {
  if (!N || Depth > MaxNesting)
    return M.unknown("YAML that is nested deeper than " + llvm::Twine(MaxNesting) + " or malformed");
  llvm::SmallString<32> Storage;
  if (auto *Scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(N)) {
    llvm::StringRef Raw = Scalar->getRawValue();
    return Raw == "~" || Raw == "null" ? Value(Null()) : M.Mem.string(Scalar->getValue(Storage).str());
  }
  if (auto *Block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(N))
    return M.Mem.string(Block->getValue().str());
  if (auto *Sequence = llvm::dyn_cast<llvm::yaml::SequenceNode>(N)) {
    List *L = M.Mem.list();
    for (llvm::yaml::Node &Item : *Sequence)
      L->Items.push_back(M.Mem.cell(fromNode(M, &Item, Depth + 1)));
    return L;
  }
  if (auto *Mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(N)) {
    Map *Out = M.Mem.map(false);
    for (llvm::yaml::KeyValueNode &Entry : *Mapping) {
      Value Key = fromNode(M, Entry.getKey(), Depth + 1);
      M.mapInsert(Out, Key, M.Mem.cell(fromNode(M, Entry.getValue(), Depth + 1)));
    }
    return Out;
  }
  return llvm::isa<llvm::yaml::NullNode>(N) ? Value(Null()) : M.unknown("an alias in YAML");
}

Value parseYaml(Machine &M, const Value &Text, const Expr *E) {
  if (!Text.str())
    return M.unexpected("YAML is parsed from", Text, E);
  M.Mem.charge(Text.str()->size());
  llvm::SourceMgr Sources;
  Sources.setDiagHandler([](const llvm::SMDiagnostic &, void *) {});
  llvm::yaml::Stream Stream(*Text.str(), Sources);
  llvm::yaml::document_iterator Document = Stream.begin();
  llvm::yaml::Node *Root = Document == Stream.end() ? nullptr : Document->getRoot();
  Value V = Root ? fromNode(M, Root, 0) : Value(Null());
  return Stream.failed() ? M.throws("malformed YAML", E) : V;
}
Result load(LibraryCall &C) {
  Value Text = C.arg(0);
  return parseYaml(C.machine(), Text.get<Tagged>() ? restOfStream(C.machine(), C.place(0)) : Text, C.E);
}
Result loadFile(LibraryCall &C) { return parseYaml(C.machine(), textOfFile(C.machine(), C.arg(0), C.E), C.E); }
/// @}

/// \name Values to C++ types
/// @{
std::optional<Value> scalarAs(Machine &M, llvm::StringRef Text, QualType To) {
  if (To->isBooleanType()) {
    if (Text.equals_insensitive("true") || Text.equals_insensitive("yes") || Text.equals_insensitive("on"))
      return Value(true);
    if (Text.equals_insensitive("false") || Text.equals_insensitive("no") || Text.equals_insensitive("off"))
      return Value(false);
    return std::nullopt;
  }
  double D = 0;
  int64_t I = 0;
  if (To->isFloatingType())
    return Text.getAsDouble(D) ? std::nullopt : std::optional(M.convertNumber(D, To));
  return Text.getAsInteger(10, I) ? std::nullopt : std::optional(M.convertNumber(I, To));
}

/// nullopt where yaml-cpp would throw.
std::optional<Value> as(Machine &M, const Value &V, QualType To, const Expr *E) {
  To = To.getNonReferenceType().getUnqualifiedType();
  if (V.isUnknown())
    return V;
  const List *L = V.get<List>();
  switch (TypeKind K = M.Kinds.of(To)) {
  case TypeKind::Number:
    return V.str() ? scalarAs(M, *V.str(), To) : std::nullopt;
  case TypeKind::String:
    return V.str() ? std::optional(V) : std::nullopt;
  case TypeKind::List:
  case TypeKind::Tuple: {
    List *Out = M.Mem.list();
    for (unsigned I = 0; L && I < L->Items.size(); ++I) {
      auto Item = as(M, L->Items[I]->V, typeArgument(To, K == TypeKind::List ? 0 : I), E);
      if (!Item)
        return std::nullopt;
      Out->Items.push_back(M.Mem.cell(*Item));
    }
    return L ? std::optional<Value>(Out) : std::nullopt;
  }
  case TypeKind::Map: {
    const Map *Entries = V.get<Map>();
    Map *Out = M.Mem.map(true);
    for (size_t I = 0; Entries && I < Entries->Entries.size(); ++I) {
      auto Key = as(M, Entries->Entries[I].Key, typeArgument(To, 0), E);
      auto Item = as(M, Entries->Entries[I].Item->V, typeArgument(To, 1), E);
      if (!Key || !Item)
        return std::nullopt;
      M.mapInsert(Out, *Key, M.Mem.cell(*Item));
    }
    return Entries ? std::optional<Value>(Out) : std::nullopt;
  }
  default:
    return M.unknown("YAML as a '" + To.getAsString() + "'", E);
  }
}
/// as<T>(), as<T>(fallback).
Result asType(LibraryCall &C) {
  Machine &M = C.machine();
  if (auto V = as(M, C.self(), C.E->getType(), C.E))
    return *V;
  if (C.size())
    return M.adapt(C.arg(0), C.E->getType());
  return M.throws("YAML holds " + describe(C.self()) + " where the program reads a '" + C.E->getType().getAsString() + "'", C.E);
}
/// @}

/// \name Access
/// @{
/// node["key"], node[0]: what is not there is not defined.
Result at(LibraryCall &C) {
  Value Key = C.arg(0);
  if (Key.isUnknown())
    return Key;
  const List *L = C.self().get<List>();
  if (auto I = Key.integer(); L && I && *I >= 0 && *I < static_cast<int64_t>(L->Items.size()))
    return L->Items[static_cast<size_t>(*I)];
  if (Key.integer())
    Key = C.machine().Mem.string(C.machine().textOf(Key));
  Map *Entries = C.self().get<Map>();
  MapEntry *Entry = Entries ? Entries->find(Key) : nullptr;
  return Entry ? Result(Entry->Item) : Result(Value(Null()));
}
Result size(LibraryCall &C) {
  const List *L = C.self().get<List>();
  const Map *Entries = C.self().get<Map>();
  return Value(static_cast<int64_t>(L ? L->Items.size() : Entries ? Entries->Entries.size() : 0));
}
template <bool AtEnd> Result iterate(LibraryCall &C) {
  List *L = C.self().get<List>();
  Map *Entries = C.self().get<Map>();
  return Value(Iterator{L, Entries, AtEnd ? *size(C).value().integer() : 0, false});
}
Result scalar(LibraryCall &C) { return C.self().str() ? C.self() : C.machine().Mem.string(""); }
Result assign(LibraryCall &C) {
  C.machine().Mem.write(C.This, C.arg(0));
  return C.This;
}
bool isDefined(const Value &V) { return !V.isNull(); }
bool isNull(const Value &V) { return V.isNull(); }
bool isScalar(const Value &V) { return V.str(); }
bool isSequence(const Value &V) { return V.get<List>(); }
bool isMap(const Value &V) { return V.get<Map>(); }
template <bool (*Is)(const Value &)> Result kind(LibraryCall &C) { return Value(Is(C.self())); }
/// @}

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::yamlRows() {
  static const LibraryRow Rows[] = {
      {"YAML::Load", load}, {"YAML::LoadFile", loadFile}, {"YAML::Node::as", asType},
      {"YAML::Node::operator[]", at}, {"YAML::Node::size", size}, {"YAML::Node::Scalar", scalar},
      {"YAML::Node::begin", iterate<false>}, {"YAML::Node::end", iterate<true>},
      {"YAML::Node::operator=", assign}, {"YAML::Node::operator conversion", kind<isDefined>},
      {"YAML::Node::operator!", kind<isNull>}, {"YAML::Node::IsDefined", kind<isDefined>},
      {"YAML::Node::IsNull", kind<isNull>}, {"YAML::Node::IsScalar", kind<isScalar>},
      {"YAML::Node::IsSequence", kind<isSequence>}, {"YAML::Node::IsMap", kind<isMap>},
  };
  return Rows;
}
