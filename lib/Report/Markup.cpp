#include "Report/Markup.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

using namespace energy;

std::string energy::markupText(llvm::StringRef Text) {
  std::string Clean = llvm::json::fixUTF8(Text), Out;
  for (char &C : Clean)
    if (static_cast<unsigned char>(C) < 0x20 && C != '\t' && C != '\n')
      C = '?';
  llvm::raw_string_ostream OS(Out);
  llvm::printHTMLEscaped(Clean, OS);
  return Out;
}

llvm::StringRef energy::severityText(Severity Level) {
  switch (Level) {
  case Severity::Note:
    return "note";
  case Severity::Remark:
    return "remark";
  case Severity::Warning:
    return "warning";
  case Severity::Error:
    return "error";
  }
  return "error";
}

std::string energy::percentEncoded(char C) {
  return "%" + llvm::utohexstr(static_cast<unsigned char>(C), false, 2);
}

std::string energy::placeText(const SourceSpan &S) {
  return S.valid() ? S.File + ":" + std::to_string(S.Line) + ":" + std::to_string(S.Column) : "";
}

std::string energy::messageWithNotes(const Finding &F) {
  std::string Text = F.Message;
  for (const FindingNote &N : F.Notes)
    Text += "\n" + placeText(N.Location) + (N.Location.valid() ? ": " : "") + "note: " + N.Message;
  return Text;
}

std::string energy::fingerprint(const Finding &F) {
  std::string Key = F.Check + "\n" + F.Location.File + "\n" + F.ModulePath + "\n";
  llvm::copy_if(F.Message, std::back_inserter(Key), [](char C) { return !llvm::isDigit(C); });
  return llvm::utohexstr(llvm::xxh3_64bits(Key), true, 16);
}
