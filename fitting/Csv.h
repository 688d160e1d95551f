/// \file
/// A CSV file read by column names. Any unusable row is an error that names
/// file and line: a truncated file never turns into fewer or other numbers.
/// Who judges rather than trains may collect those messages and go on.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace energy::fit {

/// Where unusable rows are named ("file:line: why") and left out, instead of
/// ending the reading with a FitError.
using SkippedRows = std::vector<std::string>;

class CsvFile {
  std::string Path;
  std::map<std::string, size_t> Columns;
  std::set<std::string> Ambiguous; ///< columns that appear twice: an error only to who asks for one
  std::vector<std::vector<std::string>> Rows;
  std::vector<size_t> Lines;

public:
  static CsvFile read(const std::string &Path, SkippedRows *Skipped = nullptr);
  static CsvFile parse(const std::string &Path, const std::string &Text, SkippedRows *Skipped = nullptr);

  const std::string &path() const { return Path; }
  size_t size() const { return Rows.size(); }
  size_t line(size_t Row) const { return Lines[Row]; }
  bool has(const std::string &Column) const { return Columns.count(Column); }
  std::string text(size_t Row, const std::string &Column) const;
  std::string textIf(size_t Row, const std::string &Column) const { return has(Column) ? text(Row, Column) : ""; }
  double number(size_t Row, const std::string &Column) const;
  /// Absent column, empty field or a missing-value mark ("nan", "NA", ...): no value.
  std::optional<double> numberIf(size_t Row, const std::string &Column) const;
  /// A whole number of at least Low, at most 2^40.
  long integer(size_t Row, const std::string &Column, long Low) const;
  [[noreturn]] void fail(size_t Row, const std::string &Why) const;
};

} // namespace energy::fit
