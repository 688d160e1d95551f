/// \file
/// The pictures of docs/ACCURACY.md, drawn by gnuplot: measured against predicted
/// with intervals, residuals, and the learning curve.
#pragma once
#include "Evaluate.h"

namespace energy::fit {

/// Writes predicted-<set>.svg for every judged set with group "all", residuals.svg and, when there is a
/// curve, learning-curve.svg. Throws FitError when gnuplot is missing or fails.
/// Returns the file names.
std::vector<std::string> drawPictures(const std::vector<JudgedSet> &Sets,
                                      const std::vector<LearningPoint> &Curve,
                                      const std::string &Folder);

} // namespace energy::fit
