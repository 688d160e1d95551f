// Runs a libFuzzer target without libFuzzer, so that every build has a short run:
//
//   target SEEDS_DIR [ITERATIONS]
//
// Each seed file (a .txt also line by line) as it is, then mutations of them: bytes
// changed, removed, doubled, numbers replaced by extreme ones, two seeds spliced.
// The sequence is the same at every run.
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size);

namespace {

/// What a crash was caused by: written before each run, shown by the test's log.
std::string Current;

void run(const std::string &Text) {
  Current = Text;
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(Text.data()), Text.size());
}

class Mutator {
  std::mt19937 Random{1};
  size_t below(size_t N) { return std::uniform_int_distribution<size_t>(0, N - 1)(Random); }

  void oneStep(std::string &Text, const std::vector<std::string> &Seeds) {
    static const char *const Tokens[] = {
        "9223372036854775807", "-1", "0", "1e308", "nan", "[", "]", "None", "{", "}", "\"", "f32[",
        "-9223372036854775808", ",", "true", "aten::", "->", "inf", "-0.0", "99999999999999999999"};
    const size_t At = Text.empty() ? 0 : below(Text.size());
    switch (below(6)) {
    case 0:
      if (!Text.empty())
        Text[At] = static_cast<char>(below(256));
      return;
    case 1:
      Text.erase(At, 1 + below(8));
      return;
    case 2:
      Text.insert(At, Tokens[below(std::size(Tokens))]);
      return;
    case 3:
      Text.insert(At, Text.substr(At, 1 + below(32)));
      return;
    case 4: {
      const size_t Digit = Text.find_first_of("0123456789", At);
      if (Digit != std::string::npos)
        Text.replace(Digit, 1, Tokens[below(std::size(Tokens))]);
      return;
    }
    default: {
      const std::string &Other = Seeds[below(Seeds.size())];
      Text = Text.substr(0, At) + Other.substr(Other.empty() ? 0 : below(Other.size()));
    }
    }
  }

public:
  std::string mutate(const std::vector<std::string> &Seeds) {
    std::string Text = Seeds[below(Seeds.size())];
    for (size_t Steps = 1 + below(4); Steps; --Steps)
      oneStep(Text, Seeds);
    return Text;
  }
};

std::vector<std::string> readSeeds(const char *Folder) {
  std::vector<std::string> Seeds;
  for (const auto &Entry : std::filesystem::directory_iterator(Folder)) {
    std::ifstream File(Entry.path());
    std::ostringstream Whole;
    Whole << File.rdbuf();
    Seeds.push_back(Whole.str());
    if (Entry.path().extension() != ".txt")
      continue;
    std::istringstream Lines(Seeds.back());
    for (std::string Line; std::getline(Lines, Line);)
      Seeds.push_back(Line);
  }
  return Seeds;
}

void onAbort(int) {
  std::fprintf(stderr, "failed on %zu bytes:\n%.4000s\n", Current.size(), Current.c_str());
  std::_Exit(1);
}

} // namespace

int main(int Argc, char **Argv) {
  const std::vector<std::string> Seeds = Argc > 1 ? readSeeds(Argv[1]) : std::vector<std::string>();
  if (Seeds.empty()) {
    std::fprintf(stderr, "usage: %s SEEDS_DIR [ITERATIONS]\n", Argv[0]);
    return 2;
  }
  std::signal(SIGABRT, onAbort);
  std::signal(SIGSEGV, onAbort);
  for (const std::string &Seed : Seeds)
    run(Seed);
  const long Iterations = Argc > 2 ? std::atol(Argv[2]) : 20000;
  Mutator M;
  for (long I = 0; I < Iterations; ++I)
    run(M.mutate(Seeds));
  std::printf("%zu seeds, %ld mutations\n", Seeds.size(), Iterations);
  return 0;
}
