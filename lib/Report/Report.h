/// \file
/// The result of one run: every analysed model with its graph, costs and energy,
/// and what is to be told about it. Immutable once made; every output format is
/// a pure function of it.
#pragma once
#include "Cost/LayerUse.h"
#include "Energy/EnergyTable.h"
#include <memory>

namespace energy {

struct ModelReport {
  std::string File; ///< the file whose analysis found the model
  ModelGraph Graph;
  CostTable Costs;
  std::vector<LayerUse> Layers;
  std::optional<TrainingCost> Training; ///< when a training step was asked for
  std::vector<EnergyTable> Energy;      ///< parallel to Report::Devices

  bool complete() const { return Graph.understoodCalls() == Graph.Calls.size(); }
  /// Nothing could be reconstructed: there is no total to speak of.
  bool empty() const { return Graph.understoodCalls() == 0; }
  /// "VGG16(1000)", or the name when the construction is not known.
  const std::string &displayName() const {
    return Graph.Expression.empty() ? Graph.Name : Graph.Expression;
  }
};

struct FileFailure {
  std::string File;
  std::string Message;
};

struct Report {
  std::string Version; ///< of clang-energy
  /// The first is the one that findings speak of; the others are compared.
  std::vector<std::shared_ptr<const DeviceProfile>> Devices;
  std::vector<ModelReport> Models;
  std::vector<Finding> Findings; ///< in the order of the source, each once
  std::vector<FileFailure> Failures;
};

struct ReportOptions {
  bool Summary = false;         ///< text: the table of layers
  bool Explain = false;         ///< text: the terms of every estimate
  bool ExplainUnknowns = false; ///< text: what is not known, ranked by what it hides
  std::optional<double> GridGramsPerKwh; ///< CO2 equivalent of electricity
};

} // namespace energy
