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

/// How smooth the kernel residual is. Chosen once on all data by the closed-form
/// leave-one-out error; folds reuse the choice, which costs them no search.
struct KernelChoice {
  double Length = 0, Lambda = 0;
};

struct FittedType {
  const TypeRecipe *Recipe = nullptr;
  const std::vector<NamedExpression> *Terms = nullptr; ///< of the recipe: all, or the few
  Eigen::VectorXd Coefficients; ///< joules per unit, one per term
  std::optional<KernelCorrection> Residual;
  KernelChoice Kernel; ///< meaningful with a residual
  LogFitResult Fit;

  double physical(const OpShape &S) const;
  double predict(const OpShape &S) const;
};

/// Joules of each term of each observation at one joule per unit.
Eigen::MatrixXd designMatrix(const std::vector<NamedExpression> &Terms, const Sample &Data);
/// Throws FitError with the type's name when the data cannot be fitted (fewer
/// rows than terms are allowed: unused terms get coefficient 0).
FittedType fitType(const TypeRecipe &Recipe, const Sample &Data, bool WithResidual,
                   std::optional<KernelChoice> Kernel = std::nullopt);
/// Rows from which the kernel residual is worth its noise.
constexpr size_t MinRowsForResidual = 200;

} // namespace energy::fit
