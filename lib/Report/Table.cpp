#include "Report/Table.h"
#include "Report/Markup.h"
#include <algorithm>
#include <cassert>

using namespace energy;

void Table::addRow(std::vector<std::string> Cells) {
  assert(Cells.size() == Columns.size() && "a row has one cell per column");
  Rows.push_back(std::move(Cells));
}

void Table::print(llvm::raw_ostream &OS) const {
  std::vector<std::string> Titles;
  std::vector<size_t> Widths;
  for (size_t C = 0; C < Columns.size(); ++C) {
    Titles.push_back(Columns[C].Title);
    size_t Width = Columns[C].Title.size();
    for (const auto &Row : Rows)
      Width = std::max(Width, Row[C].size());
    Widths.push_back(Width);
  }
  auto PrintRow = [&](const std::vector<std::string> &Cells) {
    std::string Line;
    for (size_t C = 0; C < Cells.size(); ++C) {
      std::string Fill(Widths[C] - Cells[C].size(), ' ');
      Line += (C ? "  " : "") + (Columns[C].Side == Align::Left ? Cells[C] + Fill : Fill + Cells[C]);
    }
    // No trailing blanks: they make copies and comparisons awkward.
    OS << Line.erase(Line.find_last_not_of(' ') + 1) << '\n';
  };
  size_t Total = 2 * (Columns.size() - 1);
  for (size_t W : Widths)
    Total += W;
  PrintRow(Titles);
  OS << std::string(Total, '-') << '\n';
  for (const auto &Row : Rows)
    PrintRow(Row);
  OS << std::string(Total, '-') << '\n';
}

void Table::printMarkdown(llvm::raw_ostream &OS) const {
  auto PrintRow = [&](auto CellOf) {
    for (size_t C = 0; C < Columns.size(); ++C) {
      OS << "| ";
      for (char Letter : CellOf(C)) // what Markdown or HTML would take for its own
        OS << (llvm::StringRef("|*_`~<[\\").contains(Letter) ? "\\" : "") << Letter;
      OS << ' ';
    }
    OS << "|\n";
  };
  PrintRow([&](size_t C) { return Columns[C].Title; });
  for (const Column &C : Columns)
    OS << (C.Side == Align::Left ? "| --- " : "| ---: ");
  OS << "|\n";
  for (const auto &Row : Rows)
    PrintRow([&](size_t C) { return Row[C]; });
}

void Table::printHtml(llvm::raw_ostream &OS) const {
  auto PrintRow = [&](llvm::StringRef Tag, auto CellOf) {
    OS << "<tr>";
    for (size_t C = 0; C < Columns.size(); ++C)
      OS << '<' << Tag << (Columns[C].Side == Align::Right ? " class=\"number\">" : ">")
         << markupText(CellOf(C)) << "</" << Tag << '>';
    OS << "</tr>\n";
  };
  OS << "<table>\n";
  PrintRow("th", [&](size_t C) { return Columns[C].Title; });
  for (const auto &Row : Rows)
    PrintRow("td", [&](size_t C) { return Row[C]; });
  OS << "</table>\n";
}
