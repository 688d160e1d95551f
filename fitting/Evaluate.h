/// \file
/// Experiments on a recipe and its training data that a finished profile cannot
/// show: cross-validation, the published train/test split, few training rows,
/// and layers of other networks as the only training data.
#pragma once
#include "Fit.h"
#include "Judge.h"

namespace energy::fit {

/// Five-fold cross-validation of each type; the interval is the recipe's calibration.
std::vector<JudgedSet> evaluateCrossValidation(const Recipe &R, const std::vector<Observation> &Data);
/// Trained on rows marked train and val, judged on test, against the mean of
/// all plausible repetitions ("test") and the authors' own mean ("test, published mean").
std::vector<JudgedSet> evaluatePublishedSplit(const Recipe &R, const std::vector<Observation> &Data);

struct LearningPoint {
  size_t Rows = 0; ///< per type
  std::vector<Metrics> Draws; ///< of the whole networks of the folder, one per random draw
};
/// Draws rows per type at random and judges the networks of \p Folder.
std::vector<LearningPoint> evaluateLearningCurve(const Recipe &R, const std::vector<Observation> &Data,
                                                 const std::string &Folder,
                                                 const std::vector<size_t> &Rows, size_t Draws);
/// Trained on measured layers of the other architectures only; one set per architecture.
std::vector<JudgedSet> evaluateLeaveArchitectureOut(const Recipe &R, const std::string &Folder);

/// How good the roofline is on what it is for: each forward type in turn is left
/// out of the fit and predicted as an operator without data, with the interval that
/// the other types give.
std::vector<JudgedSet> evaluateRoofline(const Recipe &R, const std::vector<Observation> &Data);

} // namespace energy::fit
