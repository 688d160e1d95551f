/// \file
/// The operator table as a file: sweep rows, and for operators without one what
/// their samples allow, so that every operator of the table can be measured.
#include "OpLineValues.h"
#include "Sweep.h"
#include <istream>
#include <set>

namespace energy::measure {
namespace {

void replaceAll(std::string &Text, const std::string &From, const std::string &To, size_t At) {
  while ((At = Text.find(From, At)) != std::string::npos) {
    Text.replace(At, From.size(), To);
    At += To.size();
  }
}

/// A call whose operands and result all have one shape is element by element: the
/// same call with the sizes of a network's feature maps. Empty for other calls.
std::string withRealisticSizes(const OpLine &Line, std::string Call) {
  const std::vector<const OpLineTensor *> Tensors = tensorsOf(Line);
  if (Tensors.empty() || Line.Results.size() != 1 || Line.Results[0].Sizes.empty())
    return {};
  for (const OpLineTensor *T : Tensors)
    if (T->Code != "f32" || T->Sizes != Line.Results[0].Sizes)
      return {};
  OpLineValue Shape;
  Shape.Value = *Tensors[0];
  const std::string Small = toString(Shape), First = "f32[B:1..32,C:16..1024,H:4..112,H]";
  const size_t At = Call.find(Small);
  if (At == std::string::npos)
    return {};
  Call.replace(At, Small.size(), First);
  replaceAll(Call, Small, "f32[B,C,H,H]", At + First.size());
  return Call;
}

/// Sweeps of one accepted sample: the call as it is, and at realistic sizes.
std::vector<Sweep> sweepsOfSample(const std::string &Sample) {
  OpLine Line;
  std::string Error;
  std::vector<Sweep> Out;
  if (!OpLine::parse(Sample, Line, Error) || Line.ExpectError)
    return Out;
  const std::string Call = Sample.substr(0, Sample.find(" -> "));
  for (const std::string &Text : {Call, withRealisticSizes(Line, Call)})
    if (!Text.empty())
      if (std::optional<Sweep> S = Sweep::parse(Text, Error))
        Out.push_back(std::move(*S));
  return Out;
}
} // namespace

std::vector<Sweep> readSweeps(std::istream &In, std::vector<std::string> &Problems) {
  std::vector<Sweep> All;
  std::vector<std::string> Samples;
  std::set<std::string> HasRow;
  size_t Number = 0;
  for (std::string Line; std::getline(In, Line);) {
    ++Number;
    if (Line.rfind("sample ", 0) == 0)
      Samples.push_back(Line.substr(7));
    if (Line.rfind("sweep ", 0) != 0)
      continue;
    std::string Error;
    if (std::optional<Sweep> S = Sweep::parse(Line.substr(6), Error)) {
      HasRow.insert(S->op());
      All.push_back(std::move(*S));
    } else {
      Problems.push_back("line " + std::to_string(Number) + ": " + Error);
    }
  }
  for (const std::string &Sample : Samples)
    if (!HasRow.count(Sample.substr(0, Sample.find(' '))))
      for (Sweep &S : sweepsOfSample(Sample)) {
        S.OnRequest = true;
        All.push_back(std::move(S));
      }
  return All;
}

} // namespace energy::measure
