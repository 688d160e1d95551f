// torch::nn::Module, ModuleHolder, Cloneable and what they are made of.
#pragma once
#include "torch/paper/functions.h"

namespace torch {

template <class Key, class Value> class OrderedDict {
public:
  class Item {
  public:
    Item(Key key, Value value);
    Value &operator*();
    Value *operator->();
    const Key &key() const;
    Value &value();
    const Value &value() const;
    const std::pair<Key, Value> &pair() const;
  };
  OrderedDict(const std::string &key_description = "Key");
  OrderedDict(std::initializer_list<Item> items);
  Value &operator[](const Key &key);
  const Value &operator[](const Key &key) const;
  Item &operator[](size_t index);
  Value &insert(Key key, Value &&value);
  Value *find(const Key &key);
  bool contains(const Key &key) const;
  size_t size() const;
  bool is_empty() const;
  Item *begin();
  Item *end();
  const Item *begin() const;
  const Item *end() const;
  std::vector<Key> keys() const;
  std::vector<Value> values() const;
};

template <size_t D, class T = int64_t> class ExpandingArray {
public:
  ExpandingArray(std::initializer_list<T> list);
  ExpandingArray(std::vector<T> values);
  ExpandingArray(at::ArrayRef<T> values);
  ExpandingArray(T single);
  T &operator[](size_t index);
  const T &operator[](size_t index) const;
  T *operator->();
  operator at::ArrayRef<T>() const;
  size_t size() const;
};
template <size_t D, class T = int64_t>
class ExpandingArrayWithOptionalElem : public ExpandingArray<D, c10::optional<T>> {
public:
  ExpandingArrayWithOptionalElem(std::initializer_list<T> list);
  ExpandingArrayWithOptionalElem(std::initializer_list<c10::optional<T>> list);
  ExpandingArrayWithOptionalElem(std::vector<T> values);
  ExpandingArrayWithOptionalElem(T single);
};

namespace serialize {
class InputArchive;
class OutputArchive;
} // namespace serialize

namespace detail {
// Classes, not aliases: a module without forward() still has a holder.
template <class Module, class... Args> struct ForwardResult {
  using type = decltype(std::declval<Module &>().forward(std::declval<Args>()...));
};
template <class Module, class Arg> struct SubscriptResult {
  using type = decltype(std::declval<Module &>()[std::declval<Arg>()]);
};
} // namespace detail

namespace nn {
template <class Contained> class ModuleHolder;

class Module : public std::enable_shared_from_this<Module> {
public:
  Module();
  explicit Module(std::string name);
  virtual ~Module() = default;
  const std::string &name() const noexcept;
  virtual std::shared_ptr<Module> clone(const c10::optional<Device> &device = c10::nullopt) const;
  void apply(const std::function<void(Module &)> &function);
  std::vector<Tensor> parameters(bool recurse = true) const;
  OrderedDict<std::string, Tensor> named_parameters(bool recurse = true) const;
  std::vector<Tensor> buffers(bool recurse = true) const;
  OrderedDict<std::string, Tensor> named_buffers(bool recurse = true) const;
  std::vector<std::shared_ptr<Module>> modules(bool include_self = true) const;
  OrderedDict<std::string, std::shared_ptr<Module>>
  named_modules(const std::string &name_prefix = std::string(), bool include_self = true) const;
  std::vector<std::shared_ptr<Module>> children() const;
  OrderedDict<std::string, std::shared_ptr<Module>> named_children() const;
  virtual void train(bool on = true);
  void eval();
  virtual bool is_training() const noexcept;
  virtual void to(Device device, Dtype dtype, bool non_blocking = false);
  virtual void to(Dtype dtype, bool non_blocking = false);
  virtual void to(Device device, bool non_blocking = false);
  virtual void zero_grad(bool set_to_none = false);
  template <class ModuleType> typename ModuleType::ContainedType *as() noexcept;
  template <class ModuleType> ModuleType *as_impl() noexcept;
  virtual void pretty_print(std::ostream &stream) const;
  Tensor &register_parameter(std::string name, Tensor tensor, bool requires_grad = true);
  Tensor &register_buffer(std::string name, Tensor tensor);
  template <class ModuleType>
  std::shared_ptr<ModuleType> register_module(std::string name, std::shared_ptr<ModuleType> module);
  template <class ModuleType>
  std::shared_ptr<ModuleType> register_module(std::string name, ModuleHolder<ModuleType> holder);
  template <class ModuleType>
  std::shared_ptr<ModuleType> replace_module(const std::string &name,
                                             std::shared_ptr<ModuleType> module);
  template <class ModuleType>
  std::shared_ptr<ModuleType> replace_module(const std::string &name,
                                             ModuleHolder<ModuleType> holder);
  void unregister_module(const std::string &name);
};

template <class Derived> class Cloneable : public Module {
public:
  using Module::Module;
  virtual void reset() = 0;
  std::shared_ptr<Module> clone(const c10::optional<Device> &device = c10::nullopt) const override;
};

template <class Contained> class ModuleHolder {
public:
  using ContainedType = Contained;
  std::shared_ptr<Contained> impl_;
  ModuleHolder();
  ModuleHolder(std::nullptr_t);
  template <class Head, class... Tail,
            class = std::enable_if_t<!(
                sizeof...(Tail) == 0 &&
                (std::is_base_of_v<ModuleHolder, std::remove_cv_t<std::remove_reference_t<Head>>> ||
                 std::is_convertible_v<Head, std::shared_ptr<Contained>>))>>
  explicit ModuleHolder(Head &&head, Tail &&...tail);
  ModuleHolder(std::shared_ptr<Contained> module);
  explicit operator bool() const noexcept;
  Contained *operator->();
  const Contained *operator->() const;
  Contained &operator*();
  const Contained &operator*() const;
  const std::shared_ptr<Contained> &ptr() const;
  Contained *get();
  template <class... Args>
  typename detail::ForwardResult<Contained, Args...>::type operator()(Args &&...args);
  template <class Arg>
  typename detail::SubscriptResult<Contained, Arg>::type operator[](Arg &&arg);
  bool is_empty() const noexcept;
};
} // namespace nn
} // namespace torch

#define TORCH_MODULE_IMPL(Name, ImplType)                                                          \
  class Name : public torch::nn::ModuleHolder<ImplType> {                                          \
  public:                                                                                          \
    using torch::nn::ModuleHolder<ImplType>::ModuleHolder;                                         \
    using Impl = ImplType;                                                                         \
  }
#define TORCH_MODULE(Name) TORCH_MODULE_IMPL(Name, Name##Impl)
