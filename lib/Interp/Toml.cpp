#include "Interp/Toml.h"
#include "Interp/Json.h"
#include "Interp/StdRules.h"
#include "Interp/StdStream.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

class TomlParser {
  Machine &M;
  llvm::StringRef Rest;
  bool Bad = false;
  unsigned Depth = 0;
  static constexpr unsigned MaxNesting = 64;

public:
  TomlParser(Machine &M, llvm::StringRef Text) : M(M), Rest(Text) {}

  std::optional<Value> document() {
    Map *Root = M.Mem.map(true), *Current = Root;
    for (skipLines(); !Rest.empty() && !Bad; skipLines()) {
      if (Rest.consume_front("[[")) {
        Current = newTableIn(Root, keys());
        expect("]]");
      } else if (Rest.consume_front("[")) {
        Current = tableAt(Root, keys());
        expect("]");
      } else {
        pair(Current);
      }
    }
    return Bad ? std::nullopt : std::optional<Value>(Root);
  }

private:
  void skipSpace() { Rest = Rest.ltrim(" \t"); }
  void skipLines() {
    for (;;) {
      Rest = Rest.ltrim(" \t\r\n");
      if (!Rest.starts_with("#"))
        return;
      Rest = Rest.drop_until([](char C) { return C == '\n'; });
    }
  }
  void expect(llvm::StringRef Word) {
    skipSpace();
    Bad |= !Rest.consume_front(Word);
  }

  /// a.b."c d"
  std::vector<std::string> keys() {
    std::vector<std::string> Out;
    do {
      skipSpace();
      if (Rest.starts_with("\"") || Rest.starts_with("'")) {
        Out.push_back(text());
      } else {
        llvm::StringRef Word = Rest.take_while([](char C) { return llvm::isAlnum(C) || C == '_' || C == '-'; });
        Bad |= Word.empty();
        Rest = Rest.drop_front(Word.size());
        Out.push_back(Word.str());
      }
      skipSpace();
    } while (!Bad && Rest.consume_front("."));
    return Out;
  }

  Map *childOf(Map *Table, const std::string &Key) {
    Value Name = M.Mem.string(Key);
    if (!Table->find(Name))
      M.mapInsert(Table, Name, M.Mem.cell(M.Mem.map(true)));
    Value V = Table->find(Name)->Item->V;
    if (const List *L = V.get<List>(); L && !L->Items.empty()) // the table that was begun last
      V = L->Items.back()->V;
    Bad |= !V.get<Map>();
    return V.get<Map>() ? V.get<Map>() : Table;
  }
  Map *tableAt(Map *Table, llvm::ArrayRef<std::string> Path) {
    for (const std::string &Key : Path)
      Table = childOf(Table, Key);
    return Table;
  }
  /// [[a.b]]: one more table in the array a.b.
  Map *newTableIn(Map *Root, llvm::ArrayRef<std::string> Path) {
    Map *New = M.Mem.map(true), *Parent = Bad ? Root : tableAt(Root, Path.drop_back());
    if (Bad)
      return New;
    Value Name = M.Mem.string(Path.back());
    if (!Parent->find(Name))
      M.mapInsert(Parent, Name, M.Mem.cell(M.Mem.list()));
    List *L = Parent->find(Name)->Item->V.get<List>();
    Bad |= !L;
    if (L)
      L->Items.push_back(M.Mem.cell(New));
    return New;
  }

  void pair(Map *Into) {
    std::vector<std::string> Path = keys();
    expect("=");
    Value V = value();
    if (!Bad)
      M.mapInsert(tableAt(Into, llvm::ArrayRef(Path).drop_back()), M.Mem.string(Path.back()), M.Mem.cell(V));
  }

  std::string text() {
    char Quote = Rest.front();
    std::string Triple(3, Quote);
    bool Long = Rest.consume_front(Triple);
    if (!Long)
      Rest = Rest.drop_front();
    else if (!Rest.consume_front("\r\n"))
      Rest.consume_front("\n");
    std::string Out;
    while (!Rest.empty()) {
      if (Long ? Rest.consume_front(Triple) : Rest.consume_front(llvm::StringRef(&Quote, 1)))
        return Out;
      if (Quote == '"' && Rest.front() == '\\' && Rest.size() > 1) {
        char Escaped = Rest[1];
        Out += Escaped == 'n' ? '\n' : Escaped == 't' ? '\t' : Escaped;
        Rest = Rest.drop_front(2);
        continue;
      }
      Out += Rest.front();
      Rest = Rest.drop_front();
    }
    Bad = true;
    return Out;
  }

  Value value() {
    skipSpace();
    if (Rest.empty() || ++Depth > MaxNesting) {
      Bad = true;
      return Null();
    }
    Value V = Rest.front() == '"' || Rest.front() == '\'' ? M.Mem.string(text())
              : Rest.front() == '['                       ? array()
              : Rest.front() == '{'                       ? inlineTable()
                                                          : word();
    --Depth;
    return V;
  }
  Value array() {
    List *L = M.Mem.list();
    Rest = Rest.drop_front();
    for (skipLines(); !Bad && !Rest.consume_front("]"); skipLines()) {
      L->Items.push_back(M.Mem.cell(value()));
      skipLines();
      if (!Rest.consume_front(","))
        Bad |= !Rest.starts_with("]");
    }
    return L;
  }
  Value inlineTable() {
    Map *Out = M.Mem.map(true);
    Rest = Rest.drop_front();
    for (skipLines(); !Bad && !Rest.consume_front("}"); skipLines()) {
      pair(Out);
      skipSpace();
      if (!Rest.consume_front(","))
        Bad |= !Rest.starts_with("}");
    }
    return Out;
  }
  /// A number, a truth value; a date is its text.
  Value word() {
    llvm::StringRef Word = Rest.take_until([](char C) { return llvm::StringRef(",]}#\n\r\t ").contains(C); });
    Rest = Rest.drop_front(Word.size());
    if (Word == "true" || Word == "false")
      return Word == "true";
    std::string Digits = Word.str();
    llvm::erase(Digits, '_');
    llvm::StringRef Number = Digits;
    Number.consume_front("+");
    int64_t I = 0;
    double D = 0;
    if (!Number.getAsInteger(0, I))
      return I;
    if (!Number.getAsDouble(D))
      return D;
    Bad |= Word.empty();
    return M.Mem.string(Word.str());
  }
};

Value parseText(Machine &M, const Value &Text, const Expr *E) {
  if (!Text.str())
    return M.unexpected("TOML is parsed from", Text, E);
  M.Mem.charge(Text.str()->size());
  auto V = parseToml(M, *Text.str());
  return V ? *V : M.throws("malformed TOML", E);
}
/// parse(path) and parse_file(path); of toml++, parse(text).
Result parseFile(LibraryCall &C) {
  Machine &M = C.machine();
  Value Source = C.arg(0);
  if (Source.get<Tagged>())
    return parseText(M, restOfStream(M, C.place(0)), C.E);
  bool IsText = Source.str() && llvm::StringRef(*Source.str()).contains('\n');
  return parseText(M, IsText ? Source : textOfFile(M, Source, C.E), C.E);
}
Result parseString(LibraryCall &C) { return parseText(C.machine(), C.arg(0), C.E); }

/// What the keys from argument 1 on, up to \p End, lead to; null when it is not there.
Cell *lookUp(LibraryCall &C, unsigned End) {
  Cell *Now = C.place(0);
  for (unsigned I = 1; Now && I < End; ++I) {
    Value Key = C.arg(I);
    Map *Table = Now->V.get<Map>();
    List *Array = Now->V.get<List>();
    MapEntry *Entry = Table ? Table->find(Key) : nullptr;
    bool Within = Array && Key.integer() && *Key.integer() >= 0 && *Key.integer() < static_cast<int64_t>(Array->Items.size());
    Now = Entry ? Entry->Item : Within ? Array->Items[static_cast<size_t>(*Key.integer())] : nullptr;
  }
  return Now;
}
/// The first argument that is unknown; null when all are known.
Value unknownArgument(LibraryCall &C) {
  for (const Value &V : C.values())
    if (V.isUnknown())
      return V;
  return Null();
}
/// find<T>(table, "key", ...), find(table, "key", ...).
Result find(LibraryCall &C) {
  Machine &M = C.machine();
  if (Value Why = unknownArgument(C); Why.isUnknown())
    return Why;
  Cell *Found = lookUp(C, C.size());
  if (!Found)
    return M.throws("key " + describe(C.arg(C.size() - 1)) + " is not in the TOML", C.E);
  return M.Kinds.of(C.E->getType()) == TypeKind::Json ? Result(Found) : Result(fromJson(M, Found->V, C.E->getType(), C.E));
}
/// find_or(table, "key", fallback).
Result findOr(LibraryCall &C) {
  if (Value Why = unknownArgument(C); Why.isUnknown())
    return Why;
  unsigned Last = C.size() - 1;
  if (Cell *Found = lookUp(C, Last))
    return fromJson(C.machine(), Found->V, C.E->getType(), C.E);
  return C.machine().adapt(C.arg(Last), C.E->getType());
}
Result get(LibraryCall &C) { return fromJson(C.machine(), C.arg(0), C.E->getType(), C.E); }
/// node.value_or(fallback) of toml++.
Result valueOr(LibraryCall &C) {
  return C.self().isNull() ? C.machine().adapt(C.arg(0), C.E->getType())
                           : fromJson(C.machine(), C.self(), C.E->getType(), C.E);
}

} // namespace

std::optional<Value> energy::interp::parseToml(Machine &M, llvm::StringRef Text) { return TomlParser(M, Text).document(); }

llvm::ArrayRef<LibraryRow> energy::interp::tomlRows() {
  static const LibraryRow Rows[] = {
      {"toml::parse", parseFile}, {"toml::parse_file", parseFile}, {"toml::parse_str", parseString},
      {"toml::find", find}, {"toml::find_or", findOr}, {"toml::get", get},
      {"json::as_array", itself}, {"json::as_table", itself}, {"json::as_string", itself}, {"json::as_integer", itself},
      {"json::as_floating", itself}, {"json::as_boolean", itself}, {"json::value_or", valueOr},
  };
  return Rows;
}
