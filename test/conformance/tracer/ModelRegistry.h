/// \file
/// The models of Models.def as run-time objects: made by their expression, run
/// on tensors, whatever forward() looks like (one to four tensors in; a tensor,
/// tuple, pair or vector of them out). Needs LibTorch; shared by the tracer and
/// by programs that measure whole models.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <torch/torch.h>
#include <vector>

namespace energy::conformance {

using Tensors = std::vector<at::Tensor>;

struct Model {
  std::shared_ptr<torch::nn::Module> Module;
  std::function<Tensors(const Tensors &)> Forward;
};

struct ModelEntry {
  const char *Name;
  const char *File;       ///< relative to the folder of Models.def
  const char *Inputs;     ///< "1x3x224x224" or "2x48:int64;2x3"
  const char *Expression; ///< as in Models.def
  Model (*Make)();
};

const std::vector<ModelEntry> &models();
const ModelEntry *findModel(const std::string &Name);

/// Floating-point inputs are standard normal (call torch::manual_seed first),
/// integer ones zeros, so that they are valid indices. Throws on a bad spec.
Tensors makeInputs(const std::string &Spec);

namespace detail {
inline void flatten(const at::Tensor &T, Tensors &Out) { Out.push_back(T); }
template <class T> void flatten(const std::vector<T> &List, Tensors &Out) {
  for (const T &Item : List)
    flatten(Item, Out);
}
template <class A, class B> void flatten(const std::pair<A, B> &P, Tensors &Out);
template <class... T> void flatten(const std::tuple<T...> &Tuple, Tensors &Out) {
  std::apply([&](const auto &...Item) { (flatten(Item, Out), ...); }, Tuple);
}
template <class A, class B> void flatten(const std::pair<A, B> &P, Tensors &Out) {
  flatten(P.first, Out);
  flatten(P.second, Out);
}

template <size_t> using TensorAt = at::Tensor;
template <class M, class... T>
auto canForward(int, M *Module, const T &...In) -> decltype(Module->forward(In...), std::true_type());
template <class M, class... T> std::false_type canForward(long, M *, const T &...);

template <class M, size_t... I>
bool tryForward(M &Module, const Tensors &In, Tensors &Out, std::index_sequence<I...>) {
  using Can = decltype(canForward(0, &Module, std::declval<const TensorAt<I> &>()...));
  if constexpr (Can::value) {
    if (In.size() == sizeof...(I)) {
      flatten(Module.forward(In[I]...), Out);
      return true;
    }
  }
  return false;
}

template <class M> Model wrapShared(std::shared_ptr<M> Module) {
  auto Forward = [Module](const Tensors &In) {
    Tensors Out;
    if (!tryForward(*Module, In, Out, std::make_index_sequence<1>()) &&
        !tryForward(*Module, In, Out, std::make_index_sequence<2>()) &&
        !tryForward(*Module, In, Out, std::make_index_sequence<3>()) &&
        !tryForward(*Module, In, Out, std::make_index_sequence<4>()))
      throw std::invalid_argument("forward() does not take " + std::to_string(In.size()) +
                                  " tensors");
    return Out;
  };
  return {Module, Forward};
}
} // namespace detail

template <class M> Model wrap(std::shared_ptr<M> Module) {
  return detail::wrapShared(std::move(Module));
}
template <class M> Model wrap(const torch::nn::ModuleHolder<M> &Holder) {
  return detail::wrapShared(Holder.ptr());
}
template <class M>
std::enable_if_t<std::is_base_of_v<torch::nn::Module, M>, Model> wrap(M Module) {
  return detail::wrapShared(std::make_shared<M>(std::move(Module)));
}

} // namespace energy::conformance
