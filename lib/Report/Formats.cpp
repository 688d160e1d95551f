#include "Report/Formats.h"

using namespace energy;

namespace energy {
#define FORMAT(Function, Name, Doc)                                                              \
  void Function(const Report &, const ReportOptions &, llvm::raw_ostream &);
#include "Report/Formats.def"
#define DUMP(Function, Name, Doc)                                                                \
  void Function(const Report &, const ReportOptions &, llvm::raw_ostream &);
#include "Report/Dumps.def"
} // namespace energy

llvm::ArrayRef<FormatDef> energy::allFormats() {
  static constexpr FormatDef Rows[] = {
#define FORMAT(Function, Name, Doc) {Name, Doc, Function},
#include "Report/Formats.def"
  };
  return Rows;
}

llvm::ArrayRef<FormatDef> energy::allDumps() {
  static constexpr FormatDef Rows[] = {
#define DUMP(Function, Name, Doc) {Name, Doc, Function},
#include "Report/Dumps.def"
  };
  return Rows;
}

static const FormatDef *findRow(llvm::ArrayRef<FormatDef> Rows, llvm::StringRef Name) {
  for (const FormatDef &F : Rows)
    if (F.Name == Name)
      return &F;
  return nullptr;
}
const FormatDef *energy::findFormat(llvm::StringRef Name) { return findRow(allFormats(), Name); }
const FormatDef *energy::findDump(llvm::StringRef Name) { return findRow(allDumps(), Name); }
