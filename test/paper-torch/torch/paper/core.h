// c10: small vocabulary types.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace c10 {
template <class T> using optional = std::optional<T>;
using std::nullopt;
using std::nullopt_t;
template <class... T> using variant = std::variant<T...>;

template <class T> class ArrayRef {
public:
  ArrayRef();
  ArrayRef(const T &one);
  ArrayRef(const T *data, size_t length);
  ArrayRef(const std::vector<T> &values);
  ArrayRef(const std::initializer_list<T> &values);
  template <size_t N> ArrayRef(const T (&values)[N]);
  const T *begin() const;
  const T *end() const;
  const T *data() const;
  size_t size() const;
  bool empty() const;
  const T &front() const;
  const T &back() const;
  const T &operator[](size_t index) const;
  const T &at(size_t index) const;
  ArrayRef<T> slice(size_t from, size_t length) const;
  std::vector<T> vec() const;
  bool equals(ArrayRef other) const;
};
using IntArrayRef = ArrayRef<int64_t>;

enum class ScalarType : int8_t {
  Byte,
  Char,
  Short,
  Int,
  Long,
  Half,
  Float,
  Double,
  Bool,
  BFloat16
};
constexpr ScalarType kByte = ScalarType::Byte;
constexpr ScalarType kChar = ScalarType::Char;
constexpr ScalarType kShort = ScalarType::Short;
constexpr ScalarType kInt = ScalarType::Int;
constexpr ScalarType kLong = ScalarType::Long;
constexpr ScalarType kHalf = ScalarType::Half;
constexpr ScalarType kFloat = ScalarType::Float;
constexpr ScalarType kDouble = ScalarType::Double;
constexpr ScalarType kBool = ScalarType::Bool;
constexpr ScalarType kBFloat16 = ScalarType::BFloat16;
enum class Layout : int8_t { Strided, Sparse };
enum class MemoryFormat : int8_t { Contiguous, Preserve, ChannelsLast };

enum class DeviceType : int8_t { CPU, CUDA };
constexpr DeviceType kCPU = DeviceType::CPU;
constexpr DeviceType kCUDA = DeviceType::CUDA;
struct Device {
  Device(DeviceType type, int8_t index = -1);
  Device(const std::string &name);
  bool operator==(const Device &other) const;
  DeviceType type() const;
  bool is_cuda() const;
  bool is_cpu() const;
  std::string str() const;
};
std::ostream &operator<<(std::ostream &, const Device &);

class Scalar {
public:
  Scalar();
  Scalar(int value);
  Scalar(int64_t value);
  Scalar(float value);
  Scalar(double value);
  Scalar(bool value);
  template <class T> T to() const;
  double toDouble() const;
  int64_t toLong() const;
  bool isFloatingPoint() const;
};

struct TensorOptions {
  TensorOptions();
  TensorOptions(ScalarType type);
  TensorOptions(Device device);
  TensorOptions(DeviceType type);
  TensorOptions dtype(optional<ScalarType> type) const;
  TensorOptions device(optional<Device> device) const;
  template <class... Args> TensorOptions device(DeviceType type, Args &&...args) const;
  Device device() const;
  TensorOptions requires_grad(optional<bool> value) const;
  TensorOptions layout(optional<Layout> layout) const;
};
TensorOptions dtype(ScalarType type);
TensorOptions device(Device device);
TensorOptions requires_grad(bool value = true);

struct Error : std::exception {
  const char *what() const noexcept override;
};
} // namespace c10

#define TORCH_CHECK(condition, ...) ((condition) ? (void)0 : throw ::c10::Error())
#define AT_ASSERT(...) TORCH_CHECK(__VA_ARGS__)
#define TORCH_INTERNAL_ASSERT(...) TORCH_CHECK(__VA_ARGS__)

#define TORCH_ARG(T, name)                                                                         \
public:                                                                                            \
  auto name(const T &value) -> decltype(*this) {                                                   \
    name##_ = value;                                                                               \
    return *this;                                                                                  \
  }                                                                                                \
  auto name(T &&value) -> decltype(*this) {                                                        \
    name##_ = std::move(value);                                                                    \
    return *this;                                                                                  \
  }                                                                                                \
  const T &name() const noexcept { return name##_; }                                               \
  T &name() noexcept { return name##_; }                                                           \
                                                                                                   \
private:                                                                                           \
  T name##_
