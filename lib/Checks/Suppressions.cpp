#include "Checks/Suppressions.h"
#include "Support/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace energy;

namespace {
/// The globs after the word, "*" when there is no list.
std::string globsAfter(llvm::StringRef Rest) {
  if (!Rest.consume_front("("))
    return "*";
  llvm::StringRef List = Rest.take_until([](char C) { return C == ')'; });
  return List.str();
}
} // namespace

Suppressions::Suppressions(llvm::StringRef FileText) {
  constexpr llvm::StringLiteral Word = "NOLINT";
  std::vector<Range> Open;
  unsigned Line = 0;
  while (!FileText.empty()) {
    llvm::StringRef Text;
    std::tie(Text, FileText) = FileText.split('\n');
    ++Line;
    for (size_t At = Text.find(Word); At != llvm::StringRef::npos; At = Text.find(Word, At + 1)) {
      llvm::StringRef Rest = Text.drop_front(At + Word.size());
      if (Rest.consume_front("NEXTLINE"))
        Ranges.push_back({Line + 1, Line + 1, globsAfter(Rest)});
      else if (Rest.consume_front("BEGIN"))
        Open.push_back({Line, 0, globsAfter(Rest)});
      else if (Rest.consume_front("END")) {
        // The innermost block with the same list; an END without one says nothing.
        auto Begin = llvm::find_if(llvm::reverse(Open), [Globs = globsAfter(Rest)](const Range &R) {
          return R.Globs == Globs;
        });
        if (Begin != Open.rend()) {
          Ranges.push_back({Begin->First, Line, Begin->Globs});
          Open.erase(std::next(Begin).base());
        }
      } else {
        Ranges.push_back({Line, Line, globsAfter(Rest)});
      }
    }
  }
}

bool Suppressions::covers(llvm::StringRef Check, unsigned Line) const {
  return llvm::any_of(Ranges, [&](const Range &R) {
    if (Line < R.First || Line > R.Last)
      return false;
    llvm::SmallVector<llvm::StringRef, 4> Globs;
    llvm::StringRef(R.Globs).split(Globs, ',');
    return llvm::any_of(Globs, [&](llvm::StringRef G) { return globMatch(G.trim(), Check); });
  });
}
