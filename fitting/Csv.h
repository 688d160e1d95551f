/// \file
/// A CSV file read by column names. Any unusable row is an error that names
/// file and line: a truncated file never turns into fewer or other numbers.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace energy::fit {

class CsvFile {
  std::string Path;
  std::map<std::string, size_t> Columns;
  std::vector<std::vector<std::string>> Rows;
  std::vector<size_t> Lines;

public:
  static CsvFile read(const std::string &Path);
  static CsvFile parse(const std::string &Path, const std::string &Text);

  const std::string &path() const { return Path; }
  size_t size() const { return Rows.size(); }
  size_t line(size_t Row) const { return Lines[Row]; }
  bool has(const std::string &Column) const { return Columns.count(Column); }
  std::string text(size_t Row, const std::string &Column) const;
  double number(size_t Row, const std::string &Column) const;
  /// Absent column or empty field: no value.
  std::optional<double> numberIf(size_t Row, const std::string &Column) const;
  /// A whole number of at least Low, at most 2^40.
  long integer(size_t Row, const std::string &Column, long Low) const;
  [[noreturn]] void fail(size_t Row, const std::string &Why) const;
};

} // namespace energy::fit
