/// \file
/// Fits one operator type: physical terms in log space, then the optional
/// kernel residual. The same function serves the final fit and every fold of a
/// cross-validation, so calibration sees exactly what ships.
#pragma once
#include "Numerics/KernelRidge.h"
#include "Numerics/LogFit.h"
#include "Recipe.h"

namespace energy::fit {

using Sample = std::vector<const Observation *>;

struct FittedType {
  const TypeRecipe *Recipe = nullptr;
  Eigen::VectorXd Coefficients; ///< joules per unit, one per term
  std::optional<KernelCorrection> Residual;
  LogFitResult Fit;

  double physical(const OpShape &S) const;
  double predict(const OpShape &S) const;
};

/// Joules of each term of each observation at one joule per unit.
Eigen::MatrixXd designMatrix(const TypeRecipe &Recipe, const Sample &Data);
/// Throws FitError with the type's name when the data cannot be fitted (fewer
/// rows than terms are allowed: unused terms get coefficient 0).
FittedType fitType(const TypeRecipe &Recipe, const Sample &Data, bool WithResidual);
/// Rows from which the kernel residual is worth its noise.
constexpr size_t MinRowsForResidual = 200;

} // namespace energy::fit
