/// \file
/// Hyper-parameters that a program takes from its command line:
/// `vm["nf"].as<size_t>()` and the like answer --set, else the default that
/// the program declares where it describes its options. getopt() sees the words of
/// `--set argv='...'`, else none.
#include "Frontend/DeclaredOptions.h"
#include "Interp/Input.h"
#include "Interp/Json.h"
#include "clang/AST/ASTContext.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// vm["name"]: a value that knows its name until as<T>() asks for it.
Result lookUp(LibraryCall &C) { return Value(C.machine().Mem.tagged("option", {C.arg(0)})); }

/// The option as the type that the program asks for; --set and cxxopts give text.
Value typed(Machine &M, const Value &V, QualType To) {
  const std::string *Text = V.str();
  return Text ? M.optionAs(*Text, To.getNonReferenceType()) : V;
}

Result as(LibraryCall &C) {
  Machine &M = C.machine();
  auto *T = C.self().get<Tagged>();
  if (!T || T->Tag != "option" || !T->Items[0].str())
    return C.self().isUnknown() ? C.self() : M.unknown("a command-line option whose name is not known", C.E);
  return typed(M, M.programOption(*T->Items[0].str(), C.E), C.E->getType());
}

/// program.get<T>("--name") of argparse.
Result get(LibraryCall &C) {
  Machine &M = C.machine();
  const std::string *Name = C.arg(0).str();
  return Name ? typed(M, M.programOption(llvm::StringRef(*Name).ltrim('-'), C.E), C.E->getType())
              : C.arg(0);
}

/// app.add_option("-n,--width", width, ...) of CLI11: the variable keeps what it has
/// unless --set gives another value.
Result bindOption(LibraryCall &C) {
  Machine &M = C.machine();
  const std::string *Names = C.arg(0).str();
  const std::string *Given = Names ? M.noteSetOption(frontend::longOptionName(*Names)) : nullptr;
  if (Given && C.size() > 1)
    M.Mem.write(C.place(1), M.optionAs(*Given, C.Callee->getParamDecl(1)->getType().getNonReferenceType()));
  return Value(M.Mem.tagged("CLI::Option"));
}

/// \name getopt() and getopt_long(), over the argv that the program is called with
/// @{
Cell *libraryVariable(Machine &M, llvm::StringRef Name) {
  const ASTContext &Context = M.Unit.context();
  for (const NamedDecl *D : Context.getTranslationUnitDecl()->lookup(DeclarationName(&Context.Idents.get(Name))))
    if (const auto *V = dyn_cast<VarDecl>(D))
      return M.global(V);
  return M.Mem.cell(Null());
}

/// One option: what getopt returns for it, and whether an argument follows.
struct ShortOrLong {
  Value Returned;
  bool TakesArgument = false;
};

/// The row of a table of `struct option` that has the name.
std::optional<ShortOrLong> longOption(Machine &M, const Value &Table, llvm::StringRef Name) {
  const auto *First = Table.as<Iterator>();
  for (size_t I = 0; First && First->InList && I < First->InList->Items.size(); ++I) {
    Object *Row = First->InList->Items[I]->V.get<Object>();
    if (!Row || !Row->Class)
      return std::nullopt;
    std::vector<Value> Fields; // name, has_arg, flag, val
    for (const FieldDecl *F : Row->Class->fields())
      Fields.push_back(M.field(Row, F)->V);
    if (Fields.size() == 4 && Fields[0].str() && *Fields[0].str() == Name)
      return ShortOrLong{Fields[3], Fields[1].integer().value_or(0) == 1};
  }
  return std::nullopt;
}
std::optional<ShortOrLong> shortOption(llvm::StringRef Letters, char Letter) {
  size_t At = Letter == ':' ? llvm::StringRef::npos : Letters.find(Letter);
  if (At == llvm::StringRef::npos)
    return std::nullopt;
  return ShortOrLong{Value(static_cast<int64_t>(Letter)), Letters.substr(At + 1).starts_with(":")};
}

Result getOption(LibraryCall &C) {
  Machine &M = C.machine();
  Value Argv = C.arg(1), Letters = C.arg(2), Table = C.arg(3);
  const auto *First = Argv.as<Iterator>();
  if (!First || !First->InList || !Letters.str())
    return M.unexpected("the command line is", First ? Letters : Argv, C.E);
  const std::vector<Cell *> &Words = First->InList->Items;
  Cell *Next = libraryVariable(M, "optind"), *Argument = libraryVariable(M, "optarg");
  auto At = static_cast<size_t>(std::max<int64_t>(Next->V.integer().value_or(1), 1));
  auto Word = [&](size_t I) -> llvm::StringRef {
    return I < Words.size() && Words[I]->V.str() ? llvm::StringRef(*Words[I]->V.str()) : llvm::StringRef();
  };
  llvm::StringRef Option = Word(At);
  M.Mem.write(Next, static_cast<int64_t>(At));
  if (!Option.consume_front("-") || Option.empty())
    return Value(static_cast<int64_t>(-1));
  bool Long = Option.consume_front("-");
  auto [Name, Attached] = Long ? Option.split('=') : std::pair(Option.take_front(1), Option.drop_front(1));
  std::optional<ShortOrLong> Found = Long ? longOption(M, Table, Name) : shortOption(*Letters.str(), Option[0]);
  bool Follows = Found && Found->TakesArgument && Attached.empty();
  M.Mem.write(Next, static_cast<int64_t>(At + (Follows ? 2 : 1)));
  M.Mem.write(Argument, Found && Found->TakesArgument ? M.Mem.string((Follows ? Word(At + 1) : Attached).str()) : Value(Null()));
  return Found ? Found->Returned : Value(static_cast<int64_t>('?'));
}
/// @}

Result count(LibraryCall &C) { return C.machine().countProgramOption(C); }

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::programOptionRows() {
  static const LibraryRow Rows[] = {
      {"ProgramOptions::operator[]", lookUp}, {"ProgramOptions::at", lookUp},
      {"ProgramOptions::as", as},             {"ProgramOptions::get", get},
      {"ProgramOptions::present", get},       {"ProgramOptions::count", count},
      {"ProgramOptions::contains", count},    {"ProgramOptions::is_used", count},
      {"getopt", getOption},                  {"getopt_long", getOption},
      {"CLI::App::add_option", bindOption},   {"CLI::App::add_flag", bindOption},
  };
  return Rows;
}

void energy::interp::readProgramOptions(Machine &M, llvm::ArrayRef<frontend::DeclaredOption> Declared) {
  Frame Outside;
  CallScope Scope(M, Outside);
  OutsideModel Options(M, nullptr);
  for (const frontend::DeclaredOption &O : Declared) {
    if (O.Default)
      M.ProgramOptions[O.Name] = M.value(O.Default);
    M.noteSetOption(O.Name);
  }
}

/// The parts of "8,6", "{8, 6}" or "[[1, 2], [3]]" between its outermost commas.
static llvm::SmallVector<llvm::StringRef, 8> listParts(llvm::StringRef Text) {
  if ((Text.starts_with("{") && Text.ends_with("}")) || (Text.starts_with("[") && Text.ends_with("]")))
    Text = Text.drop_front().drop_back();
  llvm::SmallVector<llvm::StringRef, 8> Parts;
  int Depth = 0;
  size_t Begin = 0;
  for (size_t I = 0; I <= Text.size(); ++I) {
    const char C = I < Text.size() ? Text[I] : ',';
    Depth += C == '{' || C == '[' ? 1 : C == '}' || C == ']' ? -1 : 0;
    if (C != ',' || (Depth > 0 && I < Text.size()))
      continue;
    if (llvm::StringRef Part = Text.slice(Begin, I).trim(); !Part.empty())
      Parts.push_back(Part);
    Begin = I + 1;
  }
  return Parts;
}

Value Machine::optionAs(llvm::StringRef Text, QualType To) {
  std::string Word = Text.str();
  if (To->isBooleanType())
    return Text == "true" || Text == "1" || Text == "on" || Text == "yes";
  if (To->isFloatingType() || To->isIntegralOrEnumerationType()) {
    char *End = nullptr;
    const Value Number = To->isFloatingType() ? Value(std::strtod(Word.c_str(), &End))
                                              : Value(static_cast<int64_t>(std::strtoll(Word.c_str(), &End, 10)));
    if (Word.empty() || *End)
      return unknown("the value '" + Text + "' of an option is no " + (To->isFloatingType() ? "number" : "integer"),
                     nullptr);
    return convertNumber(Number, To);
  }
  if (Kinds.of(To) == TypeKind::Json)
    return parseJson(*this, Text, nullptr);
  if (Kinds.of(To) != TypeKind::List)
    return Mem.string(Word);
  List *L = Mem.list();
  for (llvm::StringRef Part : listParts(Text.trim())) {
    Value Item = optionAs(Part, typeArgument(To, 0));
    if (Item.isUnknown())
      return Item;
    L->Items.push_back(Mem.cell(Item));
  }
  return L;
}

/// Says that --set gives the option, once a model.
const std::string *Machine::noteSetOption(llvm::StringRef Name) {
  auto It = Options.Set.find(Name.str());
  if (It == Options.Set.end())
    return nullptr;
  assume(*this, setOptionText(Name, It->second));
  return &It->second;
}

Result Machine::countProgramOption(LibraryCall &C) {
  const std::string *Name = C.arg(0).str();
  if (!Name)
    return C.arg(0);
  bool Has = noteSetOption(*Name) || ProgramOptions.count(*Name);
  return convertNumber(static_cast<int64_t>(Has), C.E->getType());
}

std::string energy::interp::setOptionText(llvm::StringRef Name, llvm::StringRef Value) {
  return ("option '" + Name + "' is '" + Value + "' (--set)").str();
}

bool Machine::takesSetting(QualType T) {
  if (T.isNull())
    return false;
  T = T.getNonReferenceType();
  TypeKind K = Kinds.of(T);
  return T->isArithmeticType() || T->isEnumeralType() || K == TypeKind::String || K == TypeKind::Json ||
         (K == TypeKind::List && takesSetting(typeArgument(T, 0)));
}

std::optional<Value> Machine::setting(llvm::StringRef Name, QualType T) {
  const std::string *Given = takesSetting(T) ? noteSetOption(Name) : nullptr;
  if (!Given)
    return std::nullopt;
  return typed(*this, Mem.string(*Given), T);
}

Value Machine::programOption(llvm::StringRef Name, const Expr *E) {
  if (const std::string *Given = noteSetOption(Name))
    return Mem.string(*Given);
  if (auto It = ProgramOptions.find(Name.str()); It != ProgramOptions.end())
    return It->second;
  return unknown("command-line option '" + Name + "' has no default", E, ("--set " + Name + "=VALUE").str());
}
