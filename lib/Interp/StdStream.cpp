#include "Interp/StdStream.h"
#include "Interp/Input.h"
#include "Interp/StdRules.h"
#include "clang/AST/ASTContext.h"
#include <algorithm>

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

/// What the cell of a stream holds: Tagged "Stream" of text, position and flags.
struct StreamState {
  Value Text;
  int64_t At = 0;
  bool Ended = false, Failed = false;

  static std::optional<StreamState> of(const Value &V) {
    const auto *T = V.get<Tagged>();
    if (!T || T->Tag != "Stream" || T->Items.size() != 4)
      return std::nullopt;
    return StreamState{T->Items[0], *T->Items[1].integer(), *T->Items[2].as<bool>(), *T->Items[3].as<bool>()};
  }
  Value make(Machine &M) const { return M.Mem.tagged("Stream", {Text, At, Ended, Failed}); }

  llvm::StringRef rest() const {
    return Text.str() ? llvm::StringRef(*Text.str()).drop_front(static_cast<size_t>(At)) : llvm::StringRef();
  }
  /// Takes the next \p N characters; fewer when the end is reached.
  llvm::StringRef take(size_t N) {
    llvm::StringRef Taken = rest().take_front(N);
    At += static_cast<int64_t>(Taken.size());
    Ended |= Taken.size() < N;
    return Taken;
  }
  void skipSpace() { take(rest().size() - rest().ltrim().size()); }
  /// The next word; reading fails when there is none.
  llvm::StringRef word() {
    skipSpace();
    llvm::StringRef Rest = rest();
    size_t End = Rest.find_first_of(" \t\n\v\f\r");
    Failed |= Rest.empty();
    Ended |= End == llvm::StringRef::npos;
    return take(std::min(End, Rest.size()));
  }
};

/// The stream of a method or of an operator's left operand.
Cell *streamOf(LibraryCall &C) {
  Cell *Stream = C.This ? C.This : C.place(0);
  if (auto *R = Stream->V.as<Ref>()) // rdbuf()
    Stream = R->Target;
  return Stream;
}
/// Its state, when its text is known; else \p Why says why not.
std::optional<StreamState> readable(LibraryCall &C, Value &Why) {
  auto S = StreamState::of(streamOf(C)->V);
  if (S && S->Text.str())
    return S;
  Why = S ? S->Text : C.machine().unexpected("a stream is expected, not", streamOf(C)->V, C.E);
  return std::nullopt;
}

/// \name Writing
/// @{
Result put(LibraryCall &C) {
  Machine &M = C.machine();
  Cell *Stream = streamOf(C);
  Value V = C.arg(C.This ? 0 : 1);
  auto S = StreamState::of(Stream->V);
  if (!S)
    return Stream;
  if (auto *R = V.as<Ref>(); R && StreamState::of(R->Target->V)) // out << in.rdbuf()
    V = restOfStream(M, R->Target);
  if (V.isUnknown())
    S->Text = V;
  else if (S->Text.str() && (V.str() || V.isNumber())) {
    bool Character = V.as<int64_t>() && C.Callee->getNumParams() && C.size() &&
                     C.Callee->getParamDecl(C.size() - 1)->getType().getNonReferenceType()->isCharType();
    std::string More = Character ? std::string(1, static_cast<char>(*V.integer())) : M.textOf(V);
    if (S->Text.str()->size() + More.size() > MaxStringSize)
      S->Text = M.unknown("a stream of more than " + llvm::Twine(MaxStringSize) + " characters", C.E);
    else
      S->Text = M.Mem.string(*S->Text.str() + More);
  }
  M.Mem.write(Stream, S->make(M));
  return Stream;
}
/// str(), str(text).
Result text(LibraryCall &C) {
  auto S = StreamState::of(C.self());
  if (C.size() == 0)
    return S ? S->Text : C.machine().unexpected("the text of", C.self(), C.E);
  C.machine().Mem.write(C.This, StreamState{C.arg(0)}.make(C.machine()));
  return Value(Null());
}
/// @}

/// \name Reading
/// @{
/// A word as what the variable it goes to holds.
Value asType(LibraryCall &C, StreamState &S, QualType T) {
  Machine &M = C.machine();
  if (T->isCharType()) {
    S.skipSpace();
    llvm::StringRef One = S.take(1);
    S.Failed |= One.empty();
    return One.empty() ? Value(Null()) : Value(static_cast<int64_t>(One[0]));
  }
  if (!T->isArithmeticType())
    return M.Mem.string(S.word().str());
  S.skipSpace();
  std::string Rest = S.rest().take_front(64).str();
  char *End = Rest.data();
  Value V = T->isFloatingType() ? Value(std::strtod(Rest.c_str(), &End))
                                : Value(static_cast<int64_t>(std::strtoll(Rest.c_str(), &End, 10)));
  S.Failed |= End == Rest.c_str();
  S.take(static_cast<size_t>(End - Rest.c_str()));
  S.Ended |= S.rest().empty();
  return M.convertNumber(V, T);
}
void forget(LibraryCall &C, const Value &Why) {
  for (unsigned I = C.This ? 0 : 1; I < C.size(); ++I)
    if (C.result(I).Place)
      C.machine().Mem.write(C.result(I).Place, Why);
}
/// stream >> variable.
Result extract(LibraryCall &C) {
  unsigned Argument = C.This ? 0 : 1;
  Value Why;
  auto S = readable(C, Why);
  if (!S) {
    forget(C, Why);
    return streamOf(C);
  }
  if (C.arg(Argument).get<Closure>() || C.size() <= Argument) // a manipulator
    return streamOf(C);
  QualType T = C.Callee->getParamDecl(Argument)->getType().getNonReferenceType();
  Value V = asType(C, *S, T);
  if (!S->Failed)
    C.machine().Mem.write(C.place(Argument), V);
  C.machine().Mem.write(streamOf(C), S->make(C.machine()));
  return streamOf(C);
}
/// std::getline(stream, text, delimiter).
Result getLine(LibraryCall &C) {
  Value Why;
  auto S = readable(C, Why);
  if (!S) {
    forget(C, Why);
    return streamOf(C);
  }
  char Delimiter = C.size() > 2 ? static_cast<char>(C.integer(2).value_or('\n')) : '\n';
  bool AtEnd = S->rest().empty();
  size_t Length = std::min(S->rest().find(Delimiter), S->rest().size());
  std::string Line = S->take(Length).str();
  S->take(1);
  S->Failed |= AtEnd;
  if (!AtEnd)
    C.machine().Mem.write(C.place(1), C.machine().Mem.string(Line));
  C.machine().Mem.write(streamOf(C), S->make(C.machine()));
  return streamOf(C);
}
/// get(), get(c), peek(): one character.
template <bool Takes> Result character(LibraryCall &C) {
  Value Why;
  auto S = readable(C, Why);
  if (!S) {
    forget(C, Why);
    return Why;
  }
  StreamState Before = *S;
  llvm::StringRef One = S->take(1);
  S->Failed |= Takes && One.empty();
  if (!Takes)
    S->At = Before.At;
  C.machine().Mem.write(C.This, S->make(C.machine()));
  Value V = One.empty() ? Value(static_cast<int64_t>(-1)) : Value(static_cast<int64_t>(One[0]));
  if (C.size() == 0)
    return V;
  C.machine().Mem.write(C.place(0), V);
  return C.This;
}
Result ignore(LibraryCall &C) {
  Value Why;
  auto S = readable(C, Why);
  if (!S)
    return Why;
  int64_t N = C.size() ? C.integer(0).value_or(1) : 1;
  llvm::StringRef Rest = S->rest().take_front(static_cast<size_t>(std::max<int64_t>(N, 0)));
  size_t End = C.size() > 1 && C.integer(1) ? Rest.find(static_cast<char>(*C.integer(1))) : llvm::StringRef::npos;
  S->take(End == llvm::StringRef::npos ? Rest.size() : End + 1);
  C.machine().Mem.write(C.This, S->make(C.machine()));
  return C.This;
}
/// Bytes into memory: what they are is not looked at.
Result readBytes(LibraryCall &C) {
  forget(C, C.machine().unknown("the program reads bytes of a file here", C.E));
  return C.This;
}
Result tell(LibraryCall &C) {
  Value Why;
  auto S = readable(C, Why);
  return S ? Value(S->At) : Why;
}
/// seekg(offset), seekg(offset, from): 0 the beginning, 1 here, 2 the end.
Result seek(LibraryCall &C) {
  Value Why;
  auto S = readable(C, Why);
  auto Offset = C.integer(0);
  if (!S || !Offset)
    return S ? C.arg(0) : Why;
  auto Size = static_cast<int64_t>(S->Text.str()->size());
  int64_t From = C.size() > 1 ? C.integer(1).value_or(0) : 0;
  S->At = std::clamp<int64_t>(*Offset + (From == 1 ? S->At : From == 2 ? Size : 0), 0, Size);
  S->Ended = false;
  C.machine().Mem.write(C.This, S->make(C.machine()));
  return C.This;
}
/// @}

/// \name State
/// @{
template <bool (*Is)(const StreamState &)> Result state(LibraryCall &C) {
  Value Why;
  auto S = readable(C, Why);
  return S ? Value(Is(*S)) : Why;
}
bool works(const StreamState &S) { return !S.Failed; }
bool failed(const StreamState &S) { return S.Failed; }
bool isGood(const StreamState &S) { return !S.Failed && !S.Ended; }
bool ended(const StreamState &S) { return S.Ended; }
bool isOpen(const StreamState &) { return true; }
Result clear(LibraryCall &C) {
  if (auto S = StreamState::of(C.self())) {
    S->Ended = S->Failed = false;
    C.machine().Mem.write(C.This, S->make(C.machine()));
  }
  return Value(Null());
}
Result open(LibraryCall &C) {
  QualType T = C.machine().Unit.context().getRecordType(cast<CXXMethodDecl>(C.Callee)->getParent());
  C.machine().Mem.write(C.This, constructStream(C.machine(), T, {C.result(0)}, C.E));
  return Value(Null());
}
Result buffer(LibraryCall &C) { return Value(Ref{C.This}); }
/// @}

/// std::filesystem::exists(path), is_regular_file(path).
Result exists(LibraryCall &C) {
  Machine &M = C.machine();
  if (!C.arg(0).str())
    return C.arg(0).isUnknown() ? C.arg(0) : M.unexpected("a file is named by", C.arg(0), C.E);
  if (M.Project.dataFile(*C.arg(0).str(), M.Unit, MaxStringSize))
    return Value(true);
  return M.unknown("whether file '" + *C.arg(0).str() + "' exists", C.E, "--file '" + *C.arg(0).str() + "=FILE'");
}

} // namespace

Value energy::interp::textOfFile(Machine &M, const Value &Path, const Expr *E) {
  if (!Path.str())
    return M.unexpected("a file is named by", Path, E);
  const std::string &Name = *Path.str();
  auto File = M.Project.dataFile(Name, M.Unit, MaxStringSize);
  if (File && File->TooLarge)
    return M.unknown("file '" + File->Path + "' is larger than " + llvm::Twine(MaxStringSize) + " bytes", E);
  if (!File)
    return M.unknown("the program reads file '" + Name + "' here, which is not in the repository", E,
                     "--file '" + Name + "=FILE'");
  assume(M, "the program reads '" + File->Path + "' as '" + Name + "'");
  return M.Mem.string(File->Text);
}

Value energy::interp::constructStream(Machine &M, QualType T, llvm::ArrayRef<Result> Args, const Expr *E) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  bool IsFile = findBase(R, "std::basic_ifstream") || findBase(R, "std::basic_fstream");
  StreamState S{M.Mem.string("")};
  if (IsFile && !Args.empty())
    S.Text = textOfFile(M, Args[0].value(), E);
  else if (!Args.empty() && (Args[0].value().str() || Args[0].value().isUnknown()) &&
           !findBase(R, "std::basic_ofstream"))
    S.Text = Args[0].value();
  return S.make(M);
}

Value energy::interp::restOfStream(Machine &M, Cell *Stream) {
  auto S = StreamState::of(Stream->V);
  if (!S || !S->Text.str())
    return S ? S->Text : M.unexpected("a stream is expected, not", Stream->V);
  Value Rest = M.Mem.string(S->rest().str());
  S->take(S->rest().size() + 1);
  M.Mem.write(Stream, S->make(M));
  return Rest;
}

Value energy::interp::textBetween(Machine &M, const Value &First, const Value &Last, const Expr *E) {
  if (StreamState::of(First)) // std::istreambuf_iterator<char>(stream)
    return restOfStream(M, M.Mem.cell(First));
  const auto *I = First.as<Iterator>(), *J = Last.as<Iterator>();
  if (!I || !J || !I->InList)
    return M.unexpected("text between", I ? Last : First, E);
  std::string Out;
  auto Size = static_cast<int64_t>(I->InList->Items.size());
  for (int64_t K = std::max<int64_t>(I->Index, 0); K < std::min(J->Index, Size); ++K) {
    Value Character = I->InList->Items[static_cast<size_t>(I->Reverse ? Size - 1 - K : K)]->V;
    if (!Character.integer())
      return M.unexpected("a character is expected, not", Character, E);
    Out += static_cast<char>(*Character.integer());
  }
  return M.Mem.string(Out);
}

Value energy::interp::standardStream(Machine &M, bool Input) {
  StreamState S{Input ? M.unknown("the program reads its input here") : M.Mem.string("")};
  return S.make(M);
}

llvm::ArrayRef<LibraryRow> energy::interp::streamRows() {
  static const LibraryRow Rows[] = {
      {"std::operator<<", put}, {"Stream::operator<<", put}, {"c10::operator<<", put}, {"at::operator<<", put},
      {"torch::operator<<", put}, {"nlohmann::operator<<", put}, {"Stream::str", text},
      {"std::operator>>", extract}, {"Stream::operator>>", extract}, {"std::getline", getLine},
      {"Stream::get", character<true>}, {"Stream::peek", character<false>}, {"Stream::ignore", ignore},
      {"Stream::read", readBytes}, {"Stream::tellg", tell}, {"Stream::seekg", seek},
      {"Stream::eof", state<ended>}, {"Stream::good", state<isGood>}, {"Stream::fail", state<failed>},
      {"Stream::bad", state<failed>}, {"Stream::operator!", state<failed>},
      {"Stream::operator conversion", state<works>}, {"Stream::is_open", state<isOpen>},
      {"Stream::clear", clear}, {"Stream::open", open}, {"Stream::rdbuf", buffer}, {"Stream::close", nothing},
      {"Stream::flush", itself}, {"Stream::precision", nothing}, {"Stream::width", nothing},
      {"Stream::write", itself}, {"Stream::exceptions", nothing}, {"Stream::setf", nothing},
      {"std::filesystem::exists", exists}, {"std::filesystem::is_regular_file", exists},
      {"std::endl", nothing}, {"std::flush", nothing}, {"std::setw", nothing}, {"std::setfill", nothing},
      {"std::setprecision", nothing}, {"std::ws", nothing},
  };
  return Rows;
}
