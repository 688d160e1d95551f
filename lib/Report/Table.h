/// \file
/// A text table: columns as wide as their widest cell, numbers to the right.
#pragma once
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace energy {

enum class Align { Left, Right };

class Table {
  struct Column {
    std::string Title;
    Align Side;
  };
  std::vector<Column> Columns;
  std::vector<std::vector<std::string>> Rows;

public:
  void addColumn(std::string Title, Align Side) { Columns.push_back({std::move(Title), Side}); }
  /// One cell per column.
  void addRow(std::vector<std::string> Cells);
  void print(llvm::raw_ostream &OS) const;
  void printMarkdown(llvm::raw_ostream &OS) const;
  void printHtml(llvm::raw_ostream &OS) const;
};

} // namespace energy
