/// \file
/// The one exception of the fitting program: input or a request that cannot be
/// used, with a message for the user (lower case, names quoted, says what to do).
#pragma once
#include <stdexcept>

namespace energy::fit {
struct FitError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
} // namespace energy::fit
