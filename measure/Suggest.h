/// \file
/// The nearest known word for a misspelt one.
#pragma once
#include <string>
#include <vector>

namespace energy::measure {

/// "; did you mean 'conv2d'?", or nothing when no known word is near.
std::string didYouMean(const std::string &Word, const std::vector<std::string> &Known);

} // namespace energy::measure
