#include "Baseline.h"
#include "Csv.h"
#include "Numerics/LeastSquares.h"
#include "Numerics/Polynomial.h"
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>

using namespace energy::fit;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {
constexpr double None = std::numeric_limits<double>::quiet_NaN();

/// Which features the published predictor of a layer type has.
enum class Features {
  Macs,        ///< the reported MAC count alone
  Parameters,  ///< the parameters and their pairwise products
  Logarithms,  ///< parameters, ln(1 + parameter), and the product of the parameters
  Interactions ///< all products of two of: parameters, ln(1 + parameter), MACs
};
struct Predictor {
  const char *Layer;
  Features Kind;
  std::vector<const char *> Parameters;
  double TestR2, RealR2, RealMape; ///< published
};
const std::vector<Predictor> &predictors() {
  static const std::vector<Predictor> All = {
      {"conv2d", Features::Macs, {}, .9977, .3147, 735},
      {"maxpool2d",
       Features::Interactions,
       {"batch_size", "image_size", "kernel_size", "in_channels", "stride", "padding"},
       .9995, .5593, 530},
      {"linear", Features::Macs, {}, .9992, .9770, 16.7},
      {"relu", Features::Macs, {}, .9812, -21.5106, 75012},
      {"sigmoid", Features::Parameters, {"batch_size", "input_size"}, .9905, None, None},
      {"tanh", Features::Logarithms, {"batch_size", "input_size"}, .9761, None, None},
      {"softmax", Features::Parameters, {"batch_size", "input_size"}, .9913, None, None},
  };
  return All;
}

MatrixXd rawFeatures(const CsvFile &Csv, const Predictor &P) {
  Index Rows = Index(Csv.size()), Count = Index(P.Parameters.size());
  MatrixXd X(Rows, Count);
  VectorXd Macs(Rows);
  for (Index I = 0; I < Rows; ++I) {
    for (Index J = 0; J < Count; ++J)
      X(I, J) = Csv.number(size_t(I), P.Parameters[size_t(J)]);
    Macs[I] = Csv.number(size_t(I), "macs_reported");
  }
  MatrixXd Logs = (X.array() + 1).log();
  MatrixXd Out;
  switch (P.Kind) {
  case Features::Macs: return Macs;
  case Features::Parameters: return interactionFeatures(X).rightCols(Count + Count * (Count - 1) / 2);
  case Features::Logarithms:
    Out.resize(Rows, 2 * Count + 1);
    Out << X, Logs, X.rowwise().prod();
    return Out;
  case Features::Interactions:
    Out.resize(Rows, 2 * Count + 1);
    Out << X, Logs, Macs;
    return Out;
  }
  return Out;
}

/// A fitted predictor: standardise, (all products of two,) one plane.
struct Fitted {
  const Predictor *P;
  Standardiser Scale;
  VectorXd Coefficients;

  MatrixXd design(const CsvFile &Csv) const { return designOf(rawFeatures(Csv, *P)); }
  MatrixXd designOf(const MatrixXd &Raw) const {
    MatrixXd Z = Scale.apply(Raw);
    if (P->Kind == Features::Interactions)
      return interactionFeatures(Z);
    MatrixXd X(Z.rows(), Z.cols() + 1);
    X << VectorXd::Ones(Z.rows()), Z;
    return X;
  }
};

VectorXd targets(const CsvFile &Csv) {
  VectorXd Y{Index(Csv.size())};
  for (Index I = 0; I < Y.size(); ++I)
    Y[I] = Csv.numberIf(size_t(I), "paper_cpu_energy_j").value_or(None);
  return Y;
}
std::vector<Index> rowsOf(const CsvFile &Csv, const std::string &Split, const VectorXd &Y) {
  std::vector<Index> Rows;
  for (Index I = 0; I < Y.size(); ++I)
    if (std::isfinite(Y[I]) && (Split.empty() || Csv.text(size_t(I), "paper_split") == Split))
      Rows.push_back(I);
  return Rows;
}
Metrics figures(const VectorXd &Y, const VectorXd &P, const std::vector<Index> &Rows) {
  VectorXd Measured = Y(Rows), Predicted = P(Rows);
  return metrics({Measured.data(), size_t(Measured.size())}, {Predicted.data(), size_t(Predicted.size())});
}

using LayerKey = std::pair<std::string, long>; ///< architecture and batch size
/// Predicted joules of every measured layer, by network and layer index.
using NetworkSums = std::map<LayerKey, std::map<long, double>>;

void judgeReal(const Fitted &F, const CsvFile &Csv, std::vector<BaselineRow> &Out, NetworkSums &Sums) {
  VectorXd Y = targets(Csv), P = F.design(Csv) * F.Coefficients;
  Out.push_back({"layers of real networks", F.P->Layer, figures(Y, P, rowsOf(Csv, "", Y)),
                 F.P->RealR2, F.P->RealMape});
  for (size_t I = 0; I < Csv.size(); ++I)
    Sums[{Csv.text(I, "architecture"), Csv.integer(I, "batch_size", 1)}]
        [Csv.integer(I, "layer_idx", 0)] = P[Index(I)];
}

void judgeNetworks(const std::string &Folder, const NetworkSums &Sums, std::vector<BaselineRow> &Out) {
  CsvFile Csv = CsvFile::read(Folder + "/arch_totals.csv");
  std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> Sets;
  for (size_t I = 0; I < Csv.size(); ++I) {
    std::string Name = Csv.text(I, "architecture");
    auto Layers = Sums.find({Name, Csv.integer(I, "batch_size", 1)});
    std::optional<double> Y = Csv.numberIf(I, "paper_cpu_energy_j");
    if (Layers == Sums.end() || !Y)
      continue;
    double Sum = 0;
    for (const auto &[Index, Joules] : Layers->second)
      Sum += Joules;
    for (const std::string &Set : {std::string("all"), Name}) {
      Sets[Set].first.push_back(*Y);
      Sets[Set].second.push_back(Sum);
    }
  }
  const std::map<std::string, double> Mapes = {
      {"alexnet", 1487}, {"vgg11", 275}, {"vgg13", 159}, {"vgg16", 116}};
  for (const auto &[Name, Points] : Sets) {
    auto Mape = Mapes.find(Name);
    Out.push_back({"whole networks", Name, metrics(Points.first, Points.second),
                   Name == "all" ? .3524 : None, Mape == Mapes.end() ? None : Mape->second});
  }
}
} // namespace

std::vector<BaselineRow> energy::fit::runBaseline(const std::string &Folder) {
  std::vector<BaselineRow> Out, Real;
  NetworkSums Sums;
  for (const Predictor &P : predictors()) {
    CsvFile Random = CsvFile::read(Folder + "/random_" + P.Layer + ".csv");
    VectorXd Y = targets(Random);
    MatrixXd Raw = rawFeatures(Random, P);
    std::vector<Index> Train = rowsOf(Random, "train", Y);
    Fitted F{&P, Standardiser(Raw(Train, Eigen::all)), {}};
    MatrixXd X = F.designOf(Raw);
    F.Coefficients = leastSquares(X(Train, Eigen::all), Y(Train)).Coefficients;
    Out.push_back({"random test split", P.Layer,
                   figures(Y, X * F.Coefficients, rowsOf(Random, "test", Y)), P.TestR2, None});
    if (!std::isnan(P.RealR2))
      judgeReal(F, CsvFile::read(Folder + "/arch_layers_" + P.Layer + ".csv"), Real, Sums);
  }
  Out.insert(Out.end(), Real.begin(), Real.end());
  judgeNetworks(Folder, Sums, Out);
  return Out;
}

void energy::fit::printBaseline(const std::vector<BaselineRow> &Rows) {
  std::printf("%-24s %-10s %5s %10s %10s %10s %10s\n", "set", "name", "n", "R2", "published",
              "MAPE %", "published");
  auto Cell = [](double Value, const char *Format) {
    char Text[32] = "";
    if (!std::isnan(Value))
      std::snprintf(Text, sizeof Text, Format, Value);
    return std::string(Text);
  };
  for (const BaselineRow &R : Rows)
    std::printf("%-24s %-10s %5zu %10.5f %10s %10.1f %10s\n", R.Set.c_str(), R.Name.c_str(),
                R.Figures.Count, R.Figures.R2, Cell(R.Published, "%.4f").c_str(),
                R.Figures.MapePercent, Cell(R.PublishedMape, "%.1f").c_str());
}
