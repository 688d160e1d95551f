#include "Oracle.h"
#include "OpLineValues.h"
#include "Operators.h"
#include <csignal>
#include <cstring>
#include <istream>
#include <ostream>
#include <sstream>
#include <unistd.h>

using namespace energy;
using namespace energy::measure;

namespace {
enum class Verdict { Passed, Failed, Absent };

/// The line being judged, for the handler that runs when LibTorch crashes.
char CurrentLine[4096];

void reportCrash(int Signal) {
  constexpr char Text[] = "LibTorch crashed on: ";
  ssize_t Ignored = write(STDOUT_FILENO, Text, sizeof Text - 1);
  Ignored += write(STDOUT_FILENO, CurrentLine, std::strlen(CurrentLine));
  Ignored += write(STDOUT_FILENO, "\n", 1);
  (void)Ignored;
  _exit(128 + Signal);
}

std::string text(const std::vector<OpLineTensor> &Tensors) {
  OpLine L;
  L.HasResult = true;
  L.Results = Tensors;
  std::string S = L.str();
  return S.size() > 4 ? S.substr(4) : "no tensor";
}
bool same(const std::vector<OpLineTensor> &A, const std::vector<OpLineTensor> &B) {
  if (A.size() != B.size())
    return false;
  for (size_t I = 0; I < A.size(); ++I)
    if (A[I].Code != B[I].Code || A[I].Sizes != B[I].Sizes)
      return false;
  return true;
}

/// LibTorch 2.x prints SymInt where 1.13, whose text the table keeps, has int, and
/// "int[2] stride=[1, 1]" where 1.13 has "int[2] stride=1".
std::string inOldStyle(std::string S) {
  for (size_t At; (At = S.find("SymInt")) != std::string::npos;)
    S.replace(At, 6, "int");
  for (size_t At = 0; (At = S.find("=[", At)) != std::string::npos; ++At) {
    const size_t End = S.find(']', At), Comma = std::min(S.find(',', At), End);
    const std::string First = S.substr(At + 2, Comma - At - 2);
    std::string Repeated = First;
    while (!First.empty() && Repeated.size() < End - At - 2)
      Repeated += ", " + First;
    if (!First.empty() && Repeated == S.substr(At + 2, End - At - 2))
      S.replace(At + 1, End - At, First);
  }
  return S;
}

class Judge {
  std::ostream &Out;
  const OracleOptions &Options;

public:
  Judge(std::ostream &Out, const OracleOptions &Options) : Out(Out), Options(Options) {}

  Verdict schema(const std::string &Line) {
    std::string Name = Line.substr(0, Line.find('('));
    std::optional<std::string> Real = schemaOf(Name);
    if (!Real) {
      Out << "absent: LibTorch " << torchVersion() << " has no operator '" << Name << "'\n";
      return Verdict::Absent;
    }
    const bool IsTableVersion = torchVersion().rfind("1.13", 0) == 0;
    if (*Real == Line || (!IsTableVersion && inOldStyle(*Real) == inOldStyle(Line)))
      return Verdict::Passed;
    Out << "schema differs\n  table:    " << Line << "\n  LibTorch: " << *Real << "\n";
    return Verdict::Failed;
  }

  Verdict sample(const std::string &Text) {
    OpLine Line;
    std::string Error;
    if (!OpLine::parse(Text, Line, Error))
      return fail(Text, "cannot be read: " + Error);
    if (argumentBytes(Line) > Options.MaxSampleBytes)
      return fail(Text, "is too large to run; use small tensors");
    return run(Line, Text);
  }

private:
  Verdict fail(const std::string &Text, const std::string &Why) {
    Out << "sample " << Text << "\n  " << Why << "\n";
    return Verdict::Failed;
  }

  /// The table says nothing about contents, so a sample may be judged with
  /// any that the operator accepts (indices zero or one, values in (0,1)).
  Verdict run(const OpLine &Line, const std::string &Text) {
    std::string Rejection, Difference;
    for (bool Ones : {false, true}) {
      BindOptions Bind;
      Bind.Fill.IntegersAreOne = Ones;
      try {
        std::vector<OpLineTensor> Got = BoundCall(Line, Bind).results();
        // Without "->" the result depends on data: accepted is all there is to say.
        if (!Line.HasResult || (!Line.ExpectError && same(Got, Line.Results)))
          return Verdict::Passed;
        if (Difference.empty())
          Difference = text(Got);
      } catch (const AbsentOperator &E) {
        Out << "absent: " << E.what() << "\n";
        return Verdict::Absent;
      } catch (const BindError &E) {
        return fail(Text, std::string("cannot be called: ") + E.what());
      } catch (const std::exception &E) {
        Rejection = std::string(E.what()).substr(0, std::string(E.what()).find('\n'));
      }
    }
    if (!Difference.empty())
      return fail(Text, "table: " + (Line.ExpectError ? "error" : text(Line.Results)) +
                            "\n  LibTorch: " + Difference);
    if (Line.ExpectError)
      return Verdict::Passed;
    return fail(Text, "table: " + (Line.HasResult ? text(Line.Results) : "accepted") + "\n  LibTorch: error: " + Rejection);
  }
};
} // namespace

int measure::check(std::istream &In, std::ostream &Out, const OracleOptions &Options) {
  for (int Signal : {SIGSEGV, SIGFPE, SIGABRT, SIGBUS, SIGILL})
    std::signal(Signal, reportCrash);
  silenceWarnings();
  size_t Counts[3] = {0, 0, 0}, Later = 0;
  Judge TheJudge(Out, Options);
  for (std::string Kind, Line; In >> Kind && std::getline(In >> std::ws, Line);) {
    if (Kind[0] == '#')
      continue;
    // The table has operators that only a later LibTorch has.
    const bool IsLater = Kind == "later";
    if (IsLater) {
      std::istringstream Rest(Line);
      Rest >> Kind;
      std::getline(Rest >> std::ws, Line);
    }
    std::snprintf(CurrentLine, sizeof CurrentLine, "%s %s", Kind.c_str(), Line.c_str());
    if (Kind == "schema" || Kind == "sample") {
      const Verdict V = Kind == "schema" ? TheJudge.schema(Line) : TheJudge.sample(Line);
      ++Counts[static_cast<int>(V)];
      Later += IsLater && V == Verdict::Absent;
    } else if (Kind != "sweep") {
      Out << "line starts with '" << Kind << "', not with 'schema', 'sample', 'sweep' or 'later'\n";
      ++Counts[static_cast<int>(Verdict::Failed)];
    }
    Out.flush();
  }
  for (int Signal : {SIGSEGV, SIGFPE, SIGABRT, SIGBUS, SIGILL})
    std::signal(Signal, SIG_DFL);
  const size_t Absent = Counts[static_cast<int>(Verdict::Absent)];
  size_t Failed = Counts[static_cast<int>(Verdict::Failed)];
  if (!Options.AllowAbsent)
    Failed += Absent - Later;
  Out << Counts[static_cast<int>(Verdict::Passed)] << " passed, " << Failed << " failed";
  if (Absent)
    Out << " (" << Absent << " absent from LibTorch " << torchVersion() << ")";
  Out << "\n";
  return Failed != 0;
}
