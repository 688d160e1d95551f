// Containers of modules.
#pragma once
#include "torch/paper/layers.h"

namespace torch {
namespace nn {

class AnyModule {
public:
  AnyModule();
  template <class ModuleType> explicit AnyModule(std::shared_ptr<ModuleType> module);
  template <class ModuleType, class = std::enable_if_t<std::is_base_of_v<Module, ModuleType>>>
  explicit AnyModule(ModuleType &&module);
  template <class ModuleType> explicit AnyModule(const ModuleHolder<ModuleType> &holder);
  template <class ModuleType> AnyModule &operator=(std::shared_ptr<ModuleType> module);
  template <class Result = Tensor, class... Args> Result forward(Args &&...args);
  template <class T> T &get();
  std::shared_ptr<Module> ptr() const;
  bool is_empty() const noexcept;
};

class SequentialImpl : public Cloneable<SequentialImpl> {
public:
  using Iterator = std::vector<AnyModule>::iterator;
  SequentialImpl() = default;
  template <class... Modules> explicit SequentialImpl(Modules &&...modules);
  explicit SequentialImpl(OrderedDict<std::string, AnyModule> &&ordered_dict);
  explicit SequentialImpl(std::initializer_list<std::pair<std::string, AnyModule>> named_modules);
  void reset() override;
  template <class Result = Tensor, class... Inputs> Result forward(Inputs &&...inputs);
  template <class ModuleType> void push_back(std::shared_ptr<ModuleType> module);
  template <class ModuleType> void push_back(std::string name, std::shared_ptr<ModuleType> module);
  template <class M, class = std::enable_if_t<std::is_base_of_v<Module, std::decay_t<M>>>>
  void push_back(M &&module);
  template <class M> void push_back(const ModuleHolder<M> &holder);
  template <class M> void push_back(std::string name, const ModuleHolder<M> &holder);
  void push_back(AnyModule module);
  void push_back(std::string name, AnyModule module);
  template <class Container> void extend(const Container &container);
  Iterator begin();
  Iterator end();
  std::shared_ptr<Module> operator[](size_t index) const;
  std::shared_ptr<Module> ptr(size_t index) const;
  template <class T> T &at(size_t index);
  size_t size() const noexcept;
  bool is_empty() const noexcept;
};

class Sequential : public ModuleHolder<SequentialImpl> {
public:
  using ModuleHolder<SequentialImpl>::ModuleHolder;
  Sequential();
  Sequential(std::initializer_list<std::pair<std::string, AnyModule>> named_modules);
};

class ModuleListImpl : public Cloneable<ModuleListImpl> {
public:
  using Iterator = std::vector<std::shared_ptr<Module>>::iterator;
  ModuleListImpl() = default;
  template <class... Modules> explicit ModuleListImpl(Modules &&...modules);
  void reset() override;
  void push_back(std::shared_ptr<Module> module);
  template <class M, class = std::enable_if_t<std::is_base_of_v<Module, std::decay_t<M>>>>
  void push_back(M &&module);
  template <class M> void push_back(const ModuleHolder<M> &holder);
  Iterator begin();
  Iterator end();
  std::shared_ptr<Module> operator[](size_t index) const;
  std::shared_ptr<Module> ptr(size_t index) const;
  template <class T> T &at(size_t index);
  size_t size() const noexcept;
  bool is_empty() const noexcept;
};
TORCH_MODULE(ModuleList);

class ModuleDictImpl : public Cloneable<ModuleDictImpl> {
public:
  ModuleDictImpl() = default;
  explicit ModuleDictImpl(
      const std::vector<std::pair<std::string, std::shared_ptr<Module>>> &items);
  void reset() override;
  std::shared_ptr<Module> operator[](const std::string &key) const;
  bool contains(const std::string &key) const;
  OrderedDict<std::string, std::shared_ptr<Module>> items() const;
  size_t size() const noexcept;
};
TORCH_MODULE(ModuleDict);

class FunctionalImpl : public Cloneable<FunctionalImpl> {
public:
  using Function = std::function<Tensor(Tensor)>;
  explicit FunctionalImpl(Function function);
  template <class F, class... Args, class = std::enable_if_t<(sizeof...(Args) > 0)>>
  explicit FunctionalImpl(F function, Args &&...args);
  void reset() override;
  Tensor forward(Tensor input);
};
TORCH_MODULE(Functional);
} // namespace nn
} // namespace torch
