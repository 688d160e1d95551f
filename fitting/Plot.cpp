#include "Plot.h"
#include "Numerics/FitError.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

using namespace energy;
using namespace energy::fit;

namespace {
constexpr size_t MaxPoints = 160; ///< of one set in one picture; every n-th of more

/// A gnuplot process that is fed a script.
class Gnuplot {
  std::FILE *Pipe;

public:
  Gnuplot() : Pipe(popen("gnuplot", "w")) {
    if (!Pipe)
      throw FitError("cannot start gnuplot; install the package 'gnuplot-nox'");
  }
  Gnuplot(const Gnuplot &) = delete;
  Gnuplot &operator=(const Gnuplot &) = delete;
  ~Gnuplot() {
    if (Pipe)
      pclose(Pipe);
  }
  void line(const std::string &Text) { std::fprintf(Pipe, "%s\n", Text.c_str()); }
  void finish() {
    int Status = pclose(Pipe);
    Pipe = nullptr;
    if (Status != 0)
      throw FitError("gnuplot failed; is the package 'gnuplot-nox' installed?");
  }
};

std::string title(const JudgedSet &S) {
  std::string Name = std::filesystem::path(S.File).stem().string();
  std::replace(Name.begin(), Name.end(), '_', ' ');
  return Name;
}
std::string number(double X) {
  char Text[32];
  std::snprintf(Text, sizeof Text, "%.6g", X);
  return Text;
}

void openSvg(Gnuplot &G, const std::string &Path, const std::string &Heading) {
  G.line("set terminal svg size 560,420 font 'sans-serif,12' background '#ffffff'");
  G.line("set output '" + Path + "'");
  G.line("set title '" + Heading + "'");
  G.line("set grid lc rgb '#dddddd'; set border lc rgb '#444444'");
}

void predicted(Gnuplot &G, const JudgedSet &S, const std::string &Path) {
  Metrics M = S.figures();
  char Heading[160];
  std::snprintf(Heading, sizeof Heading, "%s: n %zu, R2 %.4f, MAPE %.1f %%, 90 %% interval holds %.0f %%",
                title(S).c_str(), M.Count, M.R2, M.MapePercent, 100 * S.intervalCoverage());
  G.line("reset session");
  G.line("$d << EOD");
  size_t Step = (S.Points.size() + MaxPoints - 1) / MaxPoints;
  double Low = 1e300, High = 0;
  for (size_t I = 0; I < S.Points.size(); I += Step) {
    const JudgedPoint &P = S.Points[I];
    Low = std::min({Low, P.Measured, P.Predicted.MeanJoules});
    High = std::max({High, P.Measured, P.Predicted.MeanJoules});
    G.line(number(P.Measured) + " " + number(P.Predicted.MeanJoules) + " " +
           number(P.Predicted.LowJoules) + " " + number(P.Predicted.HighJoules));
  }
  G.line("EOD");
  openSvg(G, Path, Heading);
  G.line("set logscale xy; set xlabel 'measured, J'; set ylabel 'predicted, J'; set key off");
  G.line("set format xy '%g'");
  std::string Range = "[" + number(Low / 1.5) + ":" + number(High * 1.5) + "]";
  G.line("plot " + Range + Range + " x lc rgb '#999999' lw 1, $d using 1:2:3:4 with yerrorbars "
         "lc rgb '#1f5fa8' pt 7 ps 0.35");
}

void residuals(Gnuplot &G, const std::vector<const JudgedSet *> &Sets, const std::string &Path) {
  G.line("reset session");
  std::string Plot = "plot 0 lc rgb '#999999' notitle";
  size_t Number = 0;
  for (const JudgedSet *S : Sets) {
    std::string Name = "$d" + std::to_string(Number++);
    G.line(Name + " << EOD");
    size_t Step = (S->Points.size() + MaxPoints - 1) / MaxPoints;
    for (size_t I = 0; I < S->Points.size(); I += Step) {
      const JudgedPoint &P = S->Points[I];
      G.line(number(P.Measured) + " " + number(std::log(P.Predicted.MeanJoules / P.Measured)));
    }
    G.line("EOD");
    Plot += ", " + Name + " using 1:2 with points pt 7 ps 0.35 title '" + title(*S) + "'";
  }
  openSvg(G, Path, "residuals on layers of real networks");
  G.line("set logscale x; set xlabel 'measured, J'; set ylabel 'ln(predicted / measured)'");
  G.line("set yrange [-1:1]; set format x '%g'; set key below");
  G.line(Plot);
}

void learningCurve(Gnuplot &G, const std::vector<LearningPoint> &Curve, const std::string &Path) {
  G.line("reset session");
  G.line("$d << EOD");
  for (const LearningPoint &P : Curve) {
    std::vector<double> R2;
    for (const Metrics &M : P.Draws)
      R2.push_back(1 - M.R2);
    std::sort(R2.begin(), R2.end());
    G.line(std::to_string(P.Rows) + " " + number(R2[R2.size() / 2]) + " " + number(R2.back()));
  }
  G.line("EOD");
  openSvg(G, Path, "whole networks from few random configurations");
  G.line("set logscale xy; set xlabel 'training configurations per type'; set ylabel '1 - R2 on totals'");
  G.line("set key top right");
  G.line("plot $d using 1:2 with linespoints pt 7 lc rgb '#1f5fa8' title 'median draw', "
         "$d using 1:3 with linespoints pt 5 lc rgb '#b3541e' title 'worst draw'");
}
} // namespace

std::vector<std::string> energy::fit::drawPictures(const std::vector<JudgedSet> &Sets,
                                                   const std::vector<LearningPoint> &Curve,
                                                   const std::string &Folder) {
  std::filesystem::create_directories(Folder);
  std::vector<std::string> Names;
  auto Next = [&](const std::string &Name) {
    Names.push_back(Name);
    return Folder + "/" + Name;
  };
  Gnuplot G;
  std::vector<const JudgedSet *> Layers;
  for (const JudgedSet &S : Sets) {
    if (S.Group != "all")
      continue;
    predicted(G, S, Next("predicted-" + std::filesystem::path(S.File).stem().string() + ".svg"));
    if (S.File.find("arch_layers") == 0)
      Layers.push_back(&S);
  }
  if (!Layers.empty())
    residuals(G, Layers, Next("residuals.svg"));
  if (!Curve.empty())
    learningCurve(G, Curve, Next("learning-curve.svg"));
  G.finish();
  return Names;
}
