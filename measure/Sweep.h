/// \file
/// A sweep row of the operator table: an OpLine whose sizes and integers may be
/// variables. Sampling it gives OpLines.
///
///   aten::conv2d input=f32[B:1..256,C:1..512,H:4..224,H] weight=f32[D:1..512,C,k:{1,3,5,7},k] padding=[k/2,k/2]
///
/// `NAME:LO..HI` is a log-uniform integer, `NAME:{1,3,5}` one of; a later NAME is
/// the same number; `+ - * /` combine (integers, * and / bind closer). Samples
/// follow a shifted Halton sequence: every prefix of it fills the space
/// evenly, so the first samples tell the most. Equal seeds give equal samples.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace energy::measure {

class Sweep {
public:
  /// Fails with the reason in \p Error when the text does not follow the grammar.
  static std::optional<Sweep> parse(const std::string &Text, std::string &Error);

  /// Made from a sample of an operator without a sweep row: planned only where
  /// operators are named.
  bool OnRequest = false;

  const std::string &op() const { return Op; }
  size_t variableCount() const { return Variables.size(); }
  /// The sample with this number; nothing when it has a negative size or
  /// divides by zero (which depends on the values drawn).
  std::optional<std::string> sample(uint64_t Number, uint64_t Seed) const;

private:
  struct Variable {
    std::string Name;
    int64_t Low = 0, High = 0;    ///< log-uniform, or
    std::vector<int64_t> Choices; ///< one of
  };
  /// Text to copy, then an expression to evaluate.
  struct Piece {
    std::string Literal;
    std::string Expression; ///< over variable names and integers; may be empty
  };
  std::string Op;
  std::vector<Variable> Variables;
  std::vector<Piece> Pieces;

  friend class SweepParser;
  friend class SweepEvaluator;
};

/// The sweep rows of an operator-table file ("sweep ..." lines), then sweeps made
/// from the samples of operators without one. Sweep rows that cannot be read are
/// described in \p Problems; lines of other kinds are passed over.
std::vector<Sweep> readSweeps(std::istream &In, std::vector<std::string> &Problems);

} // namespace energy::measure
