/// \file
/// nlohmann::json as a value of the interpreter: Null, bool, a number, a string, a List
/// or a Map. What it becomes as a C++ type, and what becomes of C++ values in it.
#pragma once
#include "Interp/Machine.h"

namespace energy::interp {

/// `json(args...)`: a braced list of pairs whose first is a string is an object.
Value constructJson(Machine &M, llvm::ArrayRef<Result> Args, const clang::Expr *E,
                    const clang::CXXConstructorDecl *Ctor);
/// `j.get<To>()`: throws, as nlohmann does, when \p V is of another type.
Value fromJson(Machine &M, const Value &V, clang::QualType To, const clang::Expr *E);
/// A document's text as a value; throws when it is malformed.
Value parseJson(Machine &M, llvm::StringRef Text, const clang::Expr *E);
/// The elements that `for (auto &x : j)` visits: of an object, its values.
List *jsonItems(Machine &M, const Value &V);

llvm::ArrayRef<LibraryRow> jsonRows();

} // namespace energy::interp
