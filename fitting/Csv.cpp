#include "Csv.h"
#include "Numerics/FitError.h"
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

using namespace energy::fit;

static std::vector<std::string> splitRow(const std::string &Line) {
  std::vector<std::string> Fields(1);
  bool Quoted = false;
  for (size_t I = 0; I < Line.size(); ++I) {
    if (Line[I] == '"') {
      if (Quoted && I + 1 < Line.size() && Line[I + 1] == '"')
        Fields.back() += Line[++I];
      else
        Quoted = !Quoted;
    } else if (Line[I] == ',' && !Quoted)
      Fields.emplace_back();
    else
      Fields.back() += Line[I];
  }
  for (std::string &Field : Fields) {
    size_t First = Field.find_first_not_of(" \t");
    Field = First == std::string::npos ? "" : Field.substr(First, Field.find_last_not_of(" \t") - First + 1);
  }
  return Fields;
}

CsvFile CsvFile::read(const std::string &Path, SkippedRows *Skipped) {
  std::ifstream In(Path, std::ios::binary);
  if (!In)
    throw FitError("cannot read '" + Path + "': " + std::strerror(errno));
  std::ostringstream Text;
  Text << In.rdbuf();
  return parse(Path, Text.str(), Skipped);
}

CsvFile CsvFile::parse(const std::string &Path, const std::string &Text, SkippedRows *Skipped) {
  CsvFile F;
  F.Path = Path;
  std::istringstream In(Text.substr(Text.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0));
  std::string Line;
  size_t Number = 0, Width = 0;
  while (std::getline(In, Line)) {
    ++Number;
    if (!Line.empty() && Line.back() == '\r')
      Line.pop_back();
    if (Line.find_first_not_of(" \t,") == std::string::npos)
      continue;
    std::vector<std::string> Fields = splitRow(Line);
    std::string Where = Path + ":" + std::to_string(Number) + ": ";
    if (F.Columns.empty()) {
      for (size_t I = 0; I < Fields.size(); ++I)
        if (!F.Columns.emplace(Fields[I], I).second)
          F.Ambiguous.insert(Fields[I]);
      Width = Fields.size();
      continue;
    }
    if (Fields.size() != Width) {
      std::string Problem = Where + "row has " + std::to_string(Fields.size()) +
                            " fields, the header has " + std::to_string(Width) +
                            " (is the file truncated?)";
      if (!Skipped)
        throw FitError(Problem);
      Skipped->push_back(Problem);
      continue;
    }
    F.Rows.push_back(std::move(Fields));
    F.Lines.push_back(Number);
  }
  if (F.Columns.empty())
    throw FitError(Path + ":1: the file is empty; expected a header line");
  return F;
}

void CsvFile::fail(size_t Row, const std::string &Why) const {
  throw FitError(Path + ":" + std::to_string(Lines[Row]) + ": " + Why);
}

std::string CsvFile::text(size_t Row, const std::string &Column) const {
  auto Found = Columns.find(Column);
  if (Found == Columns.end())
    throw FitError(Path + ":1: there is no column '" + Column + "'");
  if (Ambiguous.count(Column))
    throw FitError(Path + ":1: column '" + Column + "' appears twice");
  return Rows[Row][Found->second];
}

double CsvFile::number(size_t Row, const std::string &Column) const {
  std::string Text = text(Row, Column);
  char *End = nullptr;
  double Value = std::strtod(Text.c_str(), &End);
  if (Text.empty() || *End || !std::isfinite(Value))
    fail(Row, "'" + Column + "' is '" + Text + "'; expected a number");
  return Value;
}

std::optional<double> CsvFile::numberIf(size_t Row, const std::string &Column) const {
  if (!has(Column))
    return std::nullopt;
  std::string Text = text(Row, Column);
  for (const char *Missing : {"", "nan", "NaN", "NA", "null", "None"})
    if (Text == Missing)
      return std::nullopt;
  return number(Row, Column);
}

long CsvFile::integer(size_t Row, const std::string &Column, long Low) const {
  double Value = number(Row, Column);
  if (Value != std::floor(Value) || Value < double(Low) || Value > 0x1p40)
    fail(Row, "'" + Column + "' is '" + text(Row, Column) + "'; expected a whole number of at least " +
                  std::to_string(Low));
  return long(Value);
}
