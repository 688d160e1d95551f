#include "Markdown.h"
#include "Torch/OpDef.h"

using namespace energy;
using namespace energy::torch;
using llvm::StringRef;

namespace {
constexpr StringRef Titles[] = {
#define OP_FAMILY(Function, Title) Title,
#include "Torch/Families.def"
};

StringRef storageText(Storage Kind) {
  switch (Kind) {
  case Storage::New:
    return "new";
  case Storage::View:
    return "view";
  case Storage::InPlace:
    return "in place";
  case Storage::MayAlias:
    return "view or copy";
  }
  llvm_unreachable("covered switch");
}

/// The first accepted or rejected sample, without its operator's name.
StringRef sampleWith(const OpDef &Op, bool Rejected) {
  for (StringRef S : Op.Samples)
    if (S.ends_with("-> error") == Rejected) {
      S.consume_front(Op.name());
      return S.trim();
    }
  return "";
}

void writeRow(llvm::raw_ostream &OS, const OpDef &Op) {
  auto Code = [](StringRef S) { return S.empty() ? std::string() : "`" + S.str() + "`"; };
  OS << "| `" << Op.name().drop_front(StringRef("aten::").size()) << "` | " << storageText(Op.Kind)
     << " | " << Code(sampleWith(Op, false)) << " | " << Code(sampleWith(Op, true)) << " | "
     << (Op.Sweeps.empty() ? "" : "yes") << " |\n";
}
} // namespace

void torch::writeMarkdown(llvm::raw_ostream &OS) {
  size_t Count = 0;
  for (llvm::ArrayRef<OpDef> Family : opFamilies())
    Count += Family.size();
  OS << R"(# Operators

Written by `op-table --markdown`; do not edit. The )"
     << Count << R"( ATen operator overloads that the analyzer knows, each with a call
that it accepts and one that it rejects. Both are judged by LibTorch in the test suite; those that LibTorch
1.13 lacks, by a later one. A call without `->` is accepted, but its result depends on the data in a tensor and is
reported as unknown.

Storage: *new* results are allocated; a *view* shares its operand's storage and costs nothing; *in place* overwrites
its first operand; *view or copy* depends on strides, which the analyzer does not model: `contiguous` is charged as a copy,
because it is called where a copy is needed; `reshape`, `flatten` and `to` with an unchanged type are charged as views.
*Measured* operators have sweeps that `energy-measure` samples.
)";
  for (auto [Title, Family] : llvm::zip_equal(Titles, opFamilies())) {
    OS << "\n## " << Title << "\n\n| operator | storage | accepted | rejected | measured |\n"
       << "| --- | --- | --- | --- | --- |\n";
    for (const OpDef &Op : Family)
      writeRow(OS, Op);
  }
}
