#include "Suggest.h"
#include <algorithm>
#include <numeric>

namespace energy::measure {
namespace {
/// Levenshtein's distance, row by row.
size_t distance(const std::string &A, const std::string &B) {
  std::vector<size_t> Row(B.size() + 1);
  std::iota(Row.begin(), Row.end(), size_t{0});
  for (size_t I = 1; I <= A.size(); ++I) {
    size_t Diagonal = Row[0];
    Row[0] = I;
    for (size_t J = 1; J <= B.size(); ++J) {
      const size_t Replaced = Diagonal + (A[I - 1] != B[J - 1]);
      Diagonal = Row[J];
      Row[J] = std::min({Row[J] + 1, Row[J - 1] + 1, Replaced});
    }
  }
  return Row[B.size()];
}
} // namespace

std::string didYouMean(const std::string &Word, const std::vector<std::string> &Known) {
  size_t Best = std::max<size_t>(1, Word.size() / 3) + 1;
  const std::string *Nearest = nullptr;
  for (const std::string &K : Known)
    if (size_t D = distance(Word, K); D < Best) {
      Best = D;
      Nearest = &K;
    }
  return Nearest ? "; did you mean '" + *Nearest + "'?" : "";
}

} // namespace energy::measure
