#include "Interp/Json.h"
#include "Interp/StdRules.h"
#include "Interp/StdStream.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclFriend.h"
#include "llvm/Support/JSON.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

Value fromParsed(Machine &M, const llvm::json::Value &V) {
  if (auto B = V.getAsBoolean())
    return *B;
  if (auto I = V.getAsInteger(); I && V.kind() == llvm::json::Value::Number)
    return static_cast<int64_t>(*I);
  if (auto D = V.getAsNumber())
    return *D;
  if (auto S = V.getAsString())
    return M.Mem.string(S->str());
  if (const llvm::json::Array *A = V.getAsArray()) {
    List *L = M.Mem.list();
    for (const llvm::json::Value &Item : *A)
      L->Items.push_back(M.Mem.cell(fromParsed(M, Item)));
    return L;
  }
  Map *Out = M.Mem.map(true);
  if (const llvm::json::Object *O = V.getAsObject())
    for (const auto &[Key, Item] : *O)
      M.mapInsert(Out, M.Mem.string(Key.str()), M.Mem.cell(fromParsed(M, Item)));
  return V.getAsObject() ? Value(Out) : Value(Null());
}

/// Nested deeper than the parser's recursion should go.
bool tooDeep(llvm::StringRef Text) {
  int Depth = 0, Most = 0;
  for (char C : Text) {
    Depth += (C == '[' || C == '{') - (C == ']' || C == '}');
    Most = std::max(Most, Depth);
  }
  return Most > static_cast<int>(MaxDepth);
}

/// \name Functions of the user's that convert a type: to_json(json &, T), from_json(json, T &)
/// @{
const FunctionDecl *converter(Machine &M, llvm::StringRef Name, QualType T, unsigned TypeIndex) {
  const TagDecl *Tag = T.getNonReferenceType()->getAsTagDecl();
  if (!Tag)
    return nullptr;
  auto Converts = [&](const Decl *D) -> const FunctionDecl * {
    const auto *F = dyn_cast_or_null<FunctionDecl>(D);
    if (!F || !F->getIdentifier() || F->getName() != Name || F->getNumParams() != 2 || F->isTemplated())
      return nullptr;
    const TagDecl *Takes = F->getParamDecl(TypeIndex)->getType().getNonReferenceType()->getAsTagDecl();
    return Takes && Takes->getCanonicalDecl() == Tag->getCanonicalDecl() && M.bodyOf(F) ? F : nullptr;
  };
  if (const auto *R = dyn_cast<CXXRecordDecl>(Tag); R && R->hasDefinition())
    for (const FriendDecl *Friend : R->getDefinition()->friends())
      if (const FunctionDecl *F = Converts(Friend->getFriendDecl()))
        return F;
  const DeclContext *Around = Tag->getDeclContext()->getEnclosingNamespaceContext();
  for (const NamedDecl *D : Around->lookup(DeclarationName(&M.Unit.context().Idents.get(Name))))
    if (const FunctionDecl *F = Converts(D))
      return F;
  return nullptr;
}

Value byConverter(Machine &M, const FunctionDecl *F, const Value &V, QualType To, const Expr *E) {
  Cell *Made = M.Mem.cell(M.defaultValue(To));
  M.invoke(F, nullptr, {Result(V), Result(Made)}, E);
  return M.stopped() ? Value(M.Stopped) : Made->V;
}
/// @}

/// Elements of an array, each as the type that \p TypeOf says; or why not.
Value elements(Machine &M, const Value &V, llvm::function_ref<QualType(unsigned)> TypeOf, const Expr *E) {
  const List *From = V.get<List>();
  if (!From)
    return M.throws("a JSON array is expected, not " + describe(V), E);
  if (From->Why != UnknownId::None)
    return From->Why;
  List *L = M.Mem.list();
  for (const Cell *C : From->Items) {
    QualType T = TypeOf(static_cast<unsigned>(L->Items.size()));
    L->Items.push_back(M.Mem.cell(T.isNull() ? M.Mem.copy(C->V) : fromJson(M, C->V, T, E)));
  }
  return M.stopped() ? Value(M.Stopped) : Value(L);
}

Value entries(Machine &M, const Value &V, QualType To, const Expr *E) {
  const Map *From = V.get<Map>();
  if (!From)
    return M.throws("a JSON object is expected, not " + describe(V), E);
  Map *Out = M.Mem.map(true);
  for (const MapEntry &Entry : From->Entries)
    M.mapInsert(Out, Entry.Key, M.Mem.cell(fromJson(M, Entry.Item->V, typeArgument(To, 1), E)));
  return M.stopped() ? Value(M.Stopped) : Value(Out);
}

bool isPair(const Cell *C) {
  const List *L = C->V.get<List>();
  return L && L->Why == UnknownId::None && L->Items.size() == 2 && L->Items[0]->V.str();
}

Value objectOf(Machine &M, const List *Pairs) {
  Map *Out = M.Mem.map(true);
  for (const Cell *C : Pairs->Items)
    M.mapInsert(Out, C->V.get<List>()->Items[0]->V, M.Mem.cell(M.Mem.copy(C->V.get<List>()->Items[1]->V)));
  return Out;
}

/// Equality of documents; nullopt when something in them is not known.
std::optional<bool> equal(const Value &A, const Value &B) {
  if (A.isUnknown() || B.isUnknown())
    return std::nullopt;
  const List *LA = A.get<List>(), *LB = B.get<List>();
  const Map *MA = A.get<Map>(), *MB = B.get<Map>();
  if (LA && LB) {
    if (LA->Why != UnknownId::None || LB->Why != UnknownId::None)
      return std::nullopt;
    bool Equal = LA->Items.size() == LB->Items.size();
    for (size_t I = 0; Equal && I < LA->Items.size(); ++I) {
      auto Same = equal(LA->Items[I]->V, LB->Items[I]->V);
      if (!Same)
        return std::nullopt;
      Equal = *Same;
    }
    return Equal;
  }
  if (MA && MB) {
    bool Equal = MA->Entries.size() == MB->Entries.size();
    for (size_t I = 0; Equal && I < MA->Entries.size(); ++I) {
      if (compare(MA->Entries[I].Key, MB->Entries[I].Key) != 0)
        return false;
      auto Same = equal(MA->Entries[I].Item->V, MB->Entries[I].Item->V);
      if (!Same)
        return std::nullopt;
      Equal = *Same;
    }
    return Equal;
  }
  if (A.as<bool>() || B.as<bool>())
    return A.as<bool>() && B.as<bool>() && *A.as<bool>() == *B.as<bool>();
  return compare(A, B) == 0;
}

/// \name Access
/// @{
MapEntry *entryOf(LibraryCall &C, const Value &Key) {
  Map *Entries = C.self().get<Map>();
  return Entries && Key.str() ? Entries->find(Key) : nullptr;
}

/// An element by index; \p Grow: null elements are added up to it, as operator[] does.
Result element(LibraryCall &C, List *L, int64_t I, bool Grow) {
  Machine &M = C.machine();
  if (L->Why != UnknownId::None)
    return Value(L->Why);
  auto Size = static_cast<int64_t>(L->Items.size());
  if (I < 0 || (I >= Size && (!Grow || I >= static_cast<int64_t>(MaxListSize))))
    return M.throws("index " + llvm::Twine(I) + " is outside a JSON array of " + llvm::Twine(Size), C.E);
  if (I >= Size)
    M.Mem.touch(L);
  while (static_cast<int64_t>(L->Items.size()) <= I)
    L->Items.push_back(M.Mem.cell(Null()));
  return L->Items[static_cast<size_t>(I)];
}

bool isConstMethod(const LibraryCall &C) {
  const auto *Method = dyn_cast<CXXMethodDecl>(C.Callee);
  return Method && Method->isConst();
}

/// j["key"], j[0]: null becomes an object or an array, and a new key is null.
template <bool Creates> Result access(LibraryCall &C) {
  Machine &M = C.machine();
  Value Key = C.arg(0);
  if (Key.isUnknown())
    return Key;
  bool Grow = Creates && !isConstMethod(C);
  if (C.self().isNull() && Grow)
    M.Mem.write(C.This, Key.str() ? Value(M.Mem.map(true)) : Value(M.Mem.list()));
  if (List *L = C.self().get<List>(); L && Key.integer())
    return element(C, L, *Key.integer(), Grow);
  Map *Entries = C.self().get<Map>();
  if (!Entries || !Key.str())
    return M.throws(describe(Key) + " is looked up in " + describe(C.self()) + ", which is JSON", C.E);
  if (MapEntry *Entry = Entries->find(Key))
    return Entry->Item;
  if (!Grow)
    return M.throws("key " + describe(Key) + " is not in the JSON object", C.E);
  Cell *New = M.Mem.cell(Null());
  M.mapInsert(Entries, Key, New);
  return New;
}

/// j.value("key", fallback), of the fallback's type.
Result valueOrDefault(LibraryCall &C) {
  Machine &M = C.machine();
  if (C.arg(0).isUnknown())
    return C.arg(0);
  if (!C.self().get<Map>() || !C.arg(0).str())
    return M.throws("value() of " + describe(C.self()) + ", which is JSON", C.E);
  MapEntry *Entry = entryOf(C, C.arg(0));
  return Entry ? fromJson(M, Entry->Item->V, C.E->getType(), C.E) : M.adapt(M.Mem.copy(C.arg(1)), C.E->getType());
}
template <bool Counts> Result contains(LibraryCall &C) {
  if (C.arg(0).isUnknown())
    return C.arg(0);
  bool Has = entryOf(C, C.arg(0)) != nullptr;
  return Counts ? Value(static_cast<int64_t>(Has)) : Value(Has);
}
Result size(LibraryCall &C) {
  if (const Map *Entries = C.self().get<Map>())
    return Value(static_cast<int64_t>(Entries->Entries.size()));
  if (const List *L = C.self().get<List>())
    return L->Why != UnknownId::None ? Value(L->Why) : Value(static_cast<int64_t>(L->Items.size()));
  return Value(static_cast<int64_t>(!C.self().isNull()));
}
Result empty(LibraryCall &C) {
  Value N = size(C).value();
  return N.isUnknown() ? N : Value(*N.integer() == 0);
}
Result get(LibraryCall &C) { return fromJson(C.machine(), C.self(), C.E->getType(), C.E); }
Result getTo(LibraryCall &C) {
  Machine &M = C.machine();
  Value V = fromJson(M, C.self(), C.Callee->getParamDecl(0)->getType(), C.E);
  M.Mem.write(C.place(0), V);
  return C.result(0);
}
/// @}

/// \name Change
/// @{
Result assign(LibraryCall &C) {
  C.machine().Mem.write(C.This, C.machine().Mem.copy(C.arg(0)));
  return C.This;
}
Result push(LibraryCall &C) {
  Machine &M = C.machine();
  Cell *Item = M.Mem.cell(M.Mem.copy(C.arg(0)));
  if (Map *Entries = C.self().get<Map>(); Entries && isPair(Item)) { // push_back({"key", value})
    const List *Pair = Item->V.get<List>();
    M.mapInsert(Entries, Pair->Items[0]->V, Pair->Items[1]);
    return C.This;
  }
  if (C.self().isNull())
    M.Mem.write(C.This, M.Mem.list());
  List *L = C.self().get<List>();
  if (!L || L->Items.size() >= MaxListSize)
    return M.throws("push_back() on " + describe(C.self()) + ", which is JSON", C.E);
  M.Mem.touch(L);
  L->Items.push_back(Item);
  return L->Items.back();
}
/// emplace("key", value); update({...}).
Result emplace(LibraryCall &C) {
  Machine &M = C.machine();
  if (C.self().isNull())
    M.Mem.write(C.This, M.Mem.map(true));
  Map *Entries = C.self().get<Map>();
  if (!Entries || !C.arg(0).str())
    return M.throws("emplace() on " + describe(C.self()) + ", which is JSON", C.E);
  M.mapInsert(Entries, C.arg(0), M.Mem.cell(M.Mem.copy(C.arg(1))));
  return Value(Null());
}
Result update(LibraryCall &C) {
  Machine &M = C.machine();
  const Map *Other = C.arg(0).get<Map>();
  if (C.self().isNull() && Other)
    M.Mem.write(C.This, M.Mem.map(true));
  Map *Entries = C.self().get<Map>();
  if (!Entries || !Other)
    return M.unexpected("a JSON object is expected, not", Entries ? C.arg(0) : C.self(), C.E);
  for (const MapEntry &E : Other->Entries) {
    if (MapEntry *Old = Entries->find(E.Key))
      M.Mem.write(Old->Item, M.Mem.copy(E.Item->V));
    else
      M.mapInsert(Entries, E.Key, M.Mem.cell(M.Mem.copy(E.Item->V)));
  }
  return Value(Null());
}
Result erase(LibraryCall &C) {
  Machine &M = C.machine();
  Map *Entries = C.self().get<Map>();
  MapEntry *Entry = entryOf(C, C.arg(0));
  if (!Entries || !C.arg(0).str())
    return M.unexpected("erase() on JSON by", C.arg(0), C.E);
  if (!Entry)
    return Value(static_cast<int64_t>(0));
  M.Mem.touch(Entries);
  Entries->Entries.erase(Entries->Entries.begin() + (Entry - Entries->Entries.data()));
  return Value(static_cast<int64_t>(1));
}
/// @}

/// \name Kinds
/// @{
bool isBoolean(const Value &V) { return V.as<bool>(); }
bool isNumber(const Value &V) { return V.as<int64_t>() || V.as<double>(); }
bool isInteger(const Value &V) { return V.as<int64_t>(); }
bool isFloat(const Value &V) { return V.as<double>(); }
bool isString(const Value &V) { return V.str(); }
bool isArray(const Value &V) { return V.get<List>(); }
bool isObject(const Value &V) { return V.get<Map>(); }
bool isNull(const Value &V) { return V.isNull(); }
bool isStructured(const Value &V) { return isArray(V) || isObject(V); }
bool isPrimitive(const Value &V) { return !isStructured(V); }
template <bool (*Is)(const Value &)> Result kind(LibraryCall &C) { return Value(Is(C.self())); }
/// @}

/// \name Going through it
/// @{
template <bool AtEnd, bool Reverse> Result iterate(LibraryCall &C) {
  if (Map *Entries = C.self().get<Map>())
    return Value(Iterator{nullptr, Entries, AtEnd ? static_cast<int64_t>(Entries->Entries.size()) : 0, Reverse});
  List *L = jsonItems(C.machine(), C.self());
  if (L->Why != UnknownId::None)
    return Value(L->Why);
  return Value(Iterator{L, nullptr, AtEnd ? static_cast<int64_t>(L->Items.size()) : 0, Reverse});
}
Result find(LibraryCall &C) {
  if (C.arg(0).isUnknown())
    return C.arg(0);
  MapEntry *Entry = entryOf(C, C.arg(0));
  if (!Entry)
    return iterate<true, false>(C);
  Map *Entries = C.self().get<Map>();
  return Value(Iterator{nullptr, Entries, Entry - Entries->Entries.data(), false});
}
template <bool Last> Result endElement(LibraryCall &C) {
  List *L = jsonItems(C.machine(), C.self());
  if (L->Why != UnknownId::None || L->Items.empty())
    return L->Items.empty() ? C.machine().unknown("an element of empty JSON", C.E) : Value(L->Why);
  return Last ? L->Items.back() : L->Items.front();
}
/// items(): keys, of an array its indices as text, with the values.
Result items(LibraryCall &C) {
  Machine &M = C.machine();
  if (C.self().get<Map>())
    return C.self();
  const List *L = C.self().get<List>();
  if (L && L->Why != UnknownId::None)
    return Value(L->Why);
  Map *Out = M.Mem.map(false);
  for (size_t I = 0; L && I < L->Items.size(); ++I)
    M.mapInsert(Out, M.Mem.string(std::to_string(I)), L->Items[I]);
  return Value(Out);
}

/// What an iterator stands at: its key (null in an array) and its value.
MapEntry current(LibraryCall &C) {
  const auto *I = C.self().as<Iterator>();
  auto Size = static_cast<int64_t>(!I ? 0 : I->InMap ? I->InMap->Entries.size() : I->InList ? I->InList->Items.size() : 0);
  int64_t At = I && I->Reverse ? Size - 1 - I->Index : I ? I->Index : 0;
  if (At < 0 || At >= Size)
    return {Null(), nullptr};
  auto U = static_cast<size_t>(At);
  return I->InMap ? MapEntry{I->InMap->Entries[U].Key, I->InMap->Entries[U].Item} : MapEntry{Null(), I->InList->Items[U]};
}
Result iteratorValue(LibraryCall &C) {
  Cell *Item = current(C).Item;
  return Item ? Result(Item) : Result(C.machine().unknown("an iterator is dereferenced outside its JSON", C.E));
}
Result iteratorKey(LibraryCall &C) {
  Value Key = current(C).Key;
  return Key.isNull() ? C.machine().unknown("the key of an iterator that stands at none", C.E) : Key;
}
Result iteratorArrow(LibraryCall &C) {
  Result R = iteratorValue(C);
  return R.Place ? Value(Ref{R.Place}) : R.V;
}
/// @}

/// \name Text
/// @{
/// parse(text), parse(stream), parse(first, last) over characters.
Result parse(LibraryCall &C) {
  Machine &M = C.machine();
  Value V = C.arg(0);
  if (V.get<Tagged>())
    V = restOfStream(M, C.place(0));
  if (V.as<Iterator>())
    V = textBetween(M, V, C.arg(1), C.E);
  return V.str() ? parseJson(M, *V.str(), C.E) : M.unexpected("JSON is parsed from", V, C.E);
}
/// stream >> j.
Result readFrom(LibraryCall &C) {
  Machine &M = C.machine();
  Value V = restOfStream(M, C.place(0));
  M.Mem.write(C.place(1), V.str() ? parseJson(M, *V.str(), C.E) : M.unexpected("JSON is parsed from", V, C.E));
  return C.result(0);
}
Result dump(LibraryCall &C) {
  Value V = C.self();
  if (V.str())
    return C.machine().Mem.string('"' + *V.str() + '"');
  if (V.as<int64_t>())
    return C.machine().Mem.string(C.machine().textOf(V));
  return V.as<bool>() ? C.machine().Mem.string(*V.as<bool>() ? "true" : "false")
                      : C.machine().unknown("the text of JSON", C.E);
}
/// json::array({...}), json::object({...}).
template <bool Object> Result literal(LibraryCall &C) {
  Machine &M = C.machine();
  const List *L = C.arg(0).get<List>();
  if (!Object)
    return L ? M.Mem.copy(C.arg(0)) : Value(M.Mem.list());
  if (L && !llvm::all_of(L->Items, isPair))
    return M.throws("a JSON object is made of something else than pairs", C.E);
  return L ? objectOf(M, L) : Value(M.Mem.map(true));
}
/// @}

Result compareJson(LibraryCall &C) {
  Machine &M = C.machine();
  Value L = C.This ? C.self() : C.arg(0), R = C.arg(C.This ? 0 : 1);
  OverloadedOperatorKind Operator = C.Callee->getOverloadedOperator();
  if (Operator == OO_Less || Operator == OO_Greater)
    return M.binary(Operator == OO_Less ? BO_LT : BO_GT, L, R, C.E->getType(), C.E);
  if (L.isUnknown() || R.isUnknown())
    return L.isUnknown() ? L : R;
  auto Equal = equal(L, R);
  if (!Equal)
    return M.unknown("a comparison of JSON that is not known", C.E);
  return Value(*Equal == (Operator == OO_EqualEqual));
}

} // namespace

List *energy::interp::jsonItems(Machine &M, const Value &V) {
  if (List *L = V.get<List>())
    return L;
  List *L = M.Mem.list();
  if (V.isUnknown())
    L->Why = *V.as<UnknownId>();
  else if (const Map *Entries = V.get<Map>())
    for (const MapEntry &E : Entries->Entries)
      L->Items.push_back(E.Item);
  else if (!V.isNull())
    L->Items.push_back(M.Mem.cell(V));
  return L;
}

Value energy::interp::parseJson(Machine &M, llvm::StringRef Text, const Expr *E) {
  M.Mem.charge(Text.size());
  if (tooDeep(Text))
    return M.throws("JSON that is nested deeper than " + llvm::Twine(MaxDepth), E);
  auto Parsed = llvm::json::parse(Text);
  if (!Parsed)
    return M.throws("malformed JSON: " + llvm::toString(Parsed.takeError()), E);
  return fromParsed(M, *Parsed);
}

Value energy::interp::constructJson(Machine &M, llvm::ArrayRef<Result> Args, const Expr *E,
                                    const CXXConstructorDecl *Ctor) {
  if (Args.empty())
    return Null();
  const Value &V = Args[0].value();
  QualType From = Ctor && Ctor->getNumParams() ? Ctor->getParamDecl(0)->getType() : QualType();
  const CXXRecordDecl *R = From.isNull() ? nullptr : From.getNonReferenceType()->getAsCXXRecordDecl();
  bool Braced = R && qualifiedName(R) == "std::initializer_list";
  if (const List *L = V.get<List>(); L && Braced && llvm::all_of(L->Items, isPair))
    return objectOf(M, L);
  if (const FunctionDecl *F = From.isNull() ? nullptr : converter(M, "to_json", From, 1)) {
    Cell *Made = M.Mem.cell(Null());
    M.invoke(F, nullptr, {Result(Made), Args[0]}, E);
    return M.stopped() ? Value(M.Stopped) : Made->V;
  }
  if (V.isNull() || V.isNumber() || V.str() || V.get<List>() || V.get<Map>())
    return M.Mem.copy(V);
  return M.unexpected("JSON made from", V, E);
}

Value energy::interp::fromJson(Machine &M, const Value &V, QualType To, const Expr *E) {
  if (V.isUnknown() || M.stopped())
    return M.stopped() ? Value(M.Stopped) : V;
  To = To.getNonReferenceType().getUnqualifiedType();
  if (const FunctionDecl *F = converter(M, "from_json", To, 1))
    return byConverter(M, F, V, To, E);
  switch (M.Kinds.of(To)) {
  case TypeKind::Json:
    return M.Mem.copy(V);
  case TypeKind::Number:
    if (To->isBooleanType() ? V.as<bool>() != nullptr : V.isNumber())
      return M.convertNumber(V, To);
    return M.throws("a JSON number is expected, not " + describe(V), E);
  case TypeKind::String:
    return V.str() ? V : M.throws("a JSON string is expected, not " + describe(V), E);
  case TypeKind::List:
    return elements(M, V, [&](unsigned) { return typeArgument(To, 0); }, E);
  case TypeKind::Set:
    return M.constructType(To, {Result(elements(M, V, [&](unsigned) { return typeArgument(To, 0); }, E))}, E);
  case TypeKind::Tuple:
    return elements(M, V, [&](unsigned I) { return typeArgument(To, I); }, E);
  case TypeKind::Map:
    return entries(M, V, To, E);
  case TypeKind::Optional:
    return V.isNull() ? V : fromJson(M, V, typeArgument(To, 0), E);
  default:
    return M.unknown("JSON as a '" + To.getAsString() + "'", E);
  }
}

llvm::ArrayRef<LibraryRow> energy::interp::jsonRows() {
  static const LibraryRow Rows[] = {
      {"json::operator[]", access<true>}, {"json::at", access<false>}, {"json::value", valueOrDefault},
      {"json::contains", contains<false>}, {"json::count", contains<true>}, {"json::find", find},
      {"json::size", size}, {"json::empty", empty}, {"json::get", get}, {"json::get_to", getTo},
      {"json::operator conversion", get}, {"json::get_ref", itself},
      {"json::front", endElement<false>}, {"json::back", endElement<true>},
      {"json::operator=", assign}, {"json::push_back", push}, {"json::emplace_back", push},
      {"json::operator+=", push}, {"json::emplace", emplace}, {"json::update", update}, {"json::erase", erase},
      {"json::is_null", kind<isNull>}, {"json::is_boolean", kind<isBoolean>}, {"json::is_number", kind<isNumber>},
      {"json::is_number_integer", kind<isInteger>}, {"json::is_number_float", kind<isFloat>},
      {"json::is_integer", kind<isInteger>}, {"json::is_floating", kind<isFloat>}, {"json::is_table", kind<isObject>},
      {"json::is_string", kind<isString>}, {"json::is_array", kind<isArray>}, {"json::is_object", kind<isObject>},
      {"json::is_structured", kind<isStructured>}, {"json::is_primitive", kind<isPrimitive>},
      {"json::begin", iterate<false, false>}, {"json::cbegin", iterate<false, false>},
      {"json::end", iterate<true, false>}, {"json::cend", iterate<true, false>},
      {"json::rbegin", iterate<false, true>}, {"json::rend", iterate<true, true>}, {"json::items", items},
      {"json::parse", parse}, {"json::dump", dump}, {"json::array", literal<false>}, {"json::object", literal<true>},
      {"JsonIterator::operator*", iteratorValue}, {"JsonIterator::value", iteratorValue},
      {"JsonIterator::operator->", iteratorArrow}, {"JsonIterator::key", iteratorKey},
      {"nlohmann::operator>>", readFrom},
      {"nlohmann::operator==", compareJson}, {"nlohmann::operator!=", compareJson},
      {"nlohmann::operator<", compareJson}, {"nlohmann::operator>", compareJson},
      {"json::operator==", compareJson}, {"json::operator!=", compareJson},
  };
  return Rows;
}
