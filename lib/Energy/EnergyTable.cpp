#include "Energy/EnergyTable.h"

using namespace energy;

namespace {
void add(std::vector<Addend> &Sum, const Estimate &E, uint64_t Times) {
  if (E.Kind != Basis::None)
    Sum.push_back({&E, Times});
}

TrainingEnergy estimateTraining(const DeviceProfile &Device, const ModelGraph &Graph,
                                const CostTable &Costs, const TrainingCost &Training,
                                const EnergyTable &Table) {
  std::vector<Estimate> Gradients(Graph.Calls.size());
  std::vector<Addend> Backward, Step;
  for (size_t I = 0; I < Graph.Calls.size(); ++I) {
    const OpCall &Call = Graph.Calls[I];
    add(Step, Table.Calls[I], Call.Repeat);
    if (!Training.Backward[I].Needed)
      continue;
    Gradients[I] = estimateBackward(Device, Call, Costs.Calls[I].Once,
                                    Training.Backward[I].InputNeedsGradient);
    add(Backward, Gradients[I], Call.Repeat);
    add(Step, Gradients[I], Call.Repeat);
  }
  TrainingEnergy E;
  E.Backward = sumEstimates(Backward);
  E.Update =
      estimateOptimizer(Device, Training.TrainableParameters, Training.TrainableTensors);
  add(Step, E.Update, 1);
  E.Step = sumEstimates(Step);
  return E;
}
} // namespace

EnergyTable energy::estimateModel(const DeviceProfile &Device, const ModelGraph &Graph,
                                  const CostTable &Costs, const TrainingCost *Training) {
  EnergyTable Table;
  for (size_t I = 0; I < Graph.Calls.size(); ++I)
    Table.Calls.push_back(Costs.Calls[I].Known
                              ? estimate(Device, Graph.Calls[I], Costs.Calls[I].Once)
                              : Estimate());
  Table.Forward = sumCalls(Graph, Table, 0, static_cast<uint32_t>(Graph.Calls.size()));
  if (Training)
    Table.Training = estimateTraining(Device, Graph, Costs, *Training, Table);
  return Table;
}

Estimate energy::sumCalls(const ModelGraph &Graph, const EnergyTable &Table, uint32_t First,
                          uint32_t Count) {
  std::vector<Addend> Sum;
  for (uint32_t I = First; I < First + Count; ++I)
    add(Sum, Table.Calls[I], Graph.Calls[I].Repeat);
  return sumEstimates(Sum);
}
