/// \file
/// Numbers and words as people read them in our messages. Pure functions; the
/// unit is in the function's name and in the text that it returns.
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace energy {

/// "0.18 J", "12 mJ", "3.4 kJ": two significant digits below 10, three above.
std::string joulesText(double Joules);
/// The same two bounds with one unit: "0.15 to 0.21 J".
std::string joulesRangeText(double Low, double High);
/// "70.3 M", "15.5 G", "640": three significant digits and an SI prefix.
std::string countText(int64_t Count);
/// "70.3 MMAC", "640 MAC".
std::string macsText(int64_t Macs);
/// "17.4 MiB".
std::string bytesText(int64_t Bytes);
/// "61 %", "4.2 %", "< 0.1 %" of a share between 0 and 1.
std::string shareText(double Share);
/// "1 call", "3 calls".
std::string pluralText(uint64_t Count, llvm::StringRef Noun);
/// "15,470,264,320".
std::string groupedText(int64_t Count);

/// The candidate nearest to a misspelt word; empty when none is near.
llvm::StringRef nearestWord(llvm::StringRef Word, llvm::ArrayRef<llvm::StringRef> Candidates);
/// "; did you mean 'text'?" or nothing.
std::string didYouMean(llvm::StringRef Word, llvm::ArrayRef<llvm::StringRef> Candidates);

/// A shell-like glob where only '*' is special.
bool globMatch(llvm::StringRef Glob, llvm::StringRef Text);

} // namespace energy
