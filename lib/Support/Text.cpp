#include "Support/Text.h"
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace energy;

namespace {
struct Scaled {
  double Value;
  const char *Prefix;
};

/// Brings a positive number to 1 <= value < 1000 by an SI prefix.
Scaled siScale(double Value, bool Fractions) {
  static constexpr std::array<const char *, 11> Prefixes = {"p", "n", "u", "m", "",  "k",
                                                            "M", "G", "T", "P", "E"};
  size_t At = 4, Least = Fractions ? 0 : 4;
  // 999.5 would print as 1000 of the smaller unit.
  while (std::fabs(Value) >= 999.5 && At + 1 < Prefixes.size())
    Value /= 1000, ++At;
  while (std::fabs(Value) < 0.9995 && Value != 0 && At > Least)
    Value *= 1000, --At;
  return {Value, Prefixes[At]};
}

/// Plain decimal notation with the given number of significant digits.
std::string significant(double Value, int Digits) {
  char Buffer[64];
  // The exponent after rounding: 9.96 has two whole digits when it has two digits.
  std::snprintf(Buffer, sizeof Buffer, "%.*e", Digits - 1, Value);
  int Whole = std::atoi(std::strchr(Buffer, 'e') + 1) + 1;
  std::snprintf(Buffer, sizeof Buffer, "%.*f", std::max(0, Digits - Whole), Value);
  return Buffer;
}

int joulesDigits(double Scaled) { return std::fabs(Scaled) >= 99.5 ? 3 : 2; }
} // namespace

/// From 0.1 J on people think in joules, below in the next unit.
static Scaled jouleScale(double Joules) {
  if (std::fabs(Joules) >= 0.0995 && std::fabs(Joules) < 999.5)
    return {Joules, ""};
  return siScale(Joules, true);
}

std::string energy::joulesText(double Joules) {
  Scaled S = jouleScale(Joules);
  return significant(S.Value, joulesDigits(S.Value)) + " " + S.Prefix + "J";
}

std::string energy::joulesRangeText(double Low, double High) {
  Scaled H = jouleScale(High);
  double LowScaled = High == 0 ? Low : Low * (H.Value / High);
  return significant(LowScaled, joulesDigits(LowScaled)) + " to " +
         significant(H.Value, joulesDigits(H.Value)) + " " + H.Prefix + "J";
}

std::string energy::countText(int64_t Count) {
  if (Count > -1000 && Count < 1000)
    return std::to_string(Count);
  Scaled S = siScale(static_cast<double>(Count), false);
  return significant(S.Value, 3) + " " + S.Prefix;
}

std::string energy::macsText(int64_t Macs) {
  return countText(Macs) + (Macs < 1000 ? " MAC" : "MAC");
}

std::string energy::bytesText(int64_t Bytes) {
  static constexpr std::array<const char *, 7> Units = {"B",   "KiB", "MiB", "GiB",
                                                        "TiB", "PiB", "EiB"};
  double Value = static_cast<double>(Bytes);
  size_t At = 0;
  while (Value >= 1023.5 && At + 1 < Units.size())
    Value /= 1024, ++At;
  return (At == 0 ? std::to_string(Bytes) : significant(Value, 3)) + " " + Units[At];
}

std::string energy::shareText(double Share) {
  double Percent = Share * 100;
  if (Percent > 0 && Percent < 0.1)
    return "< 0.1 %";
  return significant(Percent, Percent < 0.995 ? 1 : 2) + " %";
}

std::string energy::pluralText(uint64_t Count, llvm::StringRef Noun) {
  return std::to_string(Count) + " " + Noun.str() + (Count == 1 ? "" : "s");
}

std::string energy::groupedText(int64_t Count) {
  std::string Digits = std::to_string(Count);
  size_t First = Count < 0 ? 1 : 0;
  for (size_t At = Digits.size(); At > First + 3;)
    Digits.insert(At -= 3, ",");
  return Digits;
}

llvm::StringRef energy::nearestWord(llvm::StringRef Word,
                                    llvm::ArrayRef<llvm::StringRef> Candidates) {
  // The beginning of one word only is that word cut short.
  llvm::StringRef Best;
  for (llvm::StringRef Candidate : Candidates)
    if (Word.size() >= 3 && Candidate.starts_with_insensitive(Word)) {
      if (!Best.empty()) {
        Best = "";
        break;
      }
      Best = Candidate;
    }
  if (!Best.empty())
    return Best;
  // A third of the letters may be wrong; more is another word.
  unsigned BestDistance = static_cast<unsigned>(Word.size() / 3 + 1) + 1;
  for (llvm::StringRef Candidate : Candidates) {
    unsigned Distance = Word.edit_distance_insensitive(Candidate, true, BestDistance);
    if (Distance < BestDistance) {
      Best = Candidate;
      BestDistance = Distance;
    }
  }
  return Best;
}

std::string energy::didYouMean(llvm::StringRef Word, llvm::ArrayRef<llvm::StringRef> Candidates) {
  llvm::StringRef Near = nearestWord(Word, Candidates);
  return Near.empty() ? "" : "; did you mean '" + Near.str() + "'?";
}

bool energy::globMatch(llvm::StringRef Glob, llvm::StringRef Text) {
  // Iterative with one backtrack point: linear in practice, never exponential.
  size_t G = 0, T = 0, Star = llvm::StringRef::npos, Resume = 0;
  while (T < Text.size()) {
    if (G < Glob.size() && Glob[G] == '*') {
      Star = G++;
      Resume = T;
    } else if (G < Glob.size() && Glob[G] == Text[T]) {
      ++G, ++T;
    } else if (Star != llvm::StringRef::npos) {
      G = Star + 1;
      T = ++Resume;
    } else {
      return false;
    }
  }
  return Glob.drop_front(G).find_first_not_of('*') == llvm::StringRef::npos;
}
