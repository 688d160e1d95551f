#include "TypeFit.h"
#include "Numerics/FitError.h"
#include <cmath>

using namespace energy;
using namespace energy::fit;

double FittedType::physical(const OpShape &S) const {
  double Sum = 0;
  for (size_t I = 0; I < Terms->size(); ++I)
    if (double C = Coefficients[Eigen::Index(I)]; C > 0)
      Sum += C * std::max(0.0, (*Terms)[I].Value.evaluate(S));
  return Sum;
}
double FittedType::predict(const OpShape &S) const {
  double P = physical(S);
  return Residual ? P * std::exp(Residual->evaluate(S)) : P;
}

Eigen::MatrixXd energy::fit::designMatrix(const std::vector<NamedExpression> &Terms,
                                          const Sample &Data) {
  Eigen::MatrixXd X(Data.size(), Terms.size());
  for (size_t I = 0; I < Data.size(); ++I)
    for (size_t J = 0; J < Terms.size(); ++J)
      X(Eigen::Index(I), Eigen::Index(J)) =
          std::max(0.0, Terms[J].Value.evaluate(Data[I]->Shape));
  return X;
}

static KernelCorrection fitResidual(FittedType &T, const Sample &Data,
                                   std::optional<KernelChoice> Choice) {
  const std::vector<Variable> &Features = T.Recipe->ResidualFeatures;
  Eigen::MatrixXd Logs(Data.size(), Features.size());
  Eigen::VectorXd Target(Data.size());
  for (size_t I = 0; I < Data.size(); ++I) {
    for (size_t J = 0; J < Features.size(); ++J)
      Logs(Eigen::Index(I), Eigen::Index(J)) = std::log2(1 + Data[I]->Shape[Features[J]]);
    // Clipped as in the physical fit: one spoilt measurement must not pull its neighbours.
    Target[Eigen::Index(I)] =
        std::clamp(std::log(Data[I]->Joules / T.physical(Data[I]->Shape)), -0.4, 0.4);
  }
  Eigen::RowVectorXd Mean = Logs.colwise().mean();
  Eigen::RowVectorXd Scale =
      (Logs.rowwise() - Mean).array().square().colwise().mean().sqrt().max(1e-6);
  Eigen::MatrixXd Points = (Logs.rowwise() - Mean).array().rowwise() / Scale.array();
  KernelRidge Ridge = Choice ? fitKernelRidge(Points, Target, Choice->Length, Choice->Lambda)
                             : fitKernelRidge(Points, Target);
  T.Kernel = {Ridge.Length, Ridge.Lambda};
  KernelCorrection K;
  K.Features = Features;
  K.Mean.assign(Mean.begin(), Mean.end());
  K.Scale.assign(Scale.begin(), Scale.end());
  K.Length = Ridge.Length;
  for (Eigen::Index I = 0; I < Points.rows(); ++I) {
    for (Eigen::Index J = 0; J < Points.cols(); ++J)
      K.Points.push_back(float(std::round(Points(I, J) * 1e4) / 1e4));
    K.Weights.push_back(float(std::round(Ridge.Weights[I] * 1e5) / 1e5));
  }
  return K;
}

FittedType energy::fit::fitType(const TypeRecipe &Recipe, const Sample &Data, bool WithResidual,
                                std::optional<KernelChoice> Kernel) {
  FittedType T;
  T.Recipe = &Recipe;
  T.Terms = Data.size() < Recipe.FewRows ? &Recipe.FewTerms : &Recipe.Terms;
  Eigen::VectorXd Y(Data.size());
  for (size_t I = 0; I < Data.size(); ++I)
    Y[Eigen::Index(I)] = Data[I]->Joules;
  try {
    T.Fit = fitLog(designMatrix(*T.Terms, Data), Y);
  } catch (const FitError &E) {
    throw FitError("type '" + Recipe.Name + "': " + E.what());
  }
  T.Coefficients = T.Fit.Coefficients;
  if (WithResidual && Data.size() >= MinRowsForResidual && !Recipe.ResidualFeatures.empty())
    T.Residual = fitResidual(T, Data, Kernel);
  return T;
}
