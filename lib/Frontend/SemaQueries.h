/// \file
/// Questions to Clang's Sema after the parse. Bodies of library functions are
/// skipped, so whatever only they would have instantiated (the constructor that
/// make_shared or ModuleHolder calls, a member function of a template) is not
/// in the AST until it is asked for here. All may instantiate; none reports.
#pragma once
#include "Frontend/ParsedUnit.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

namespace energy::frontend {

/// \p F's definition with a body, instantiated from its template when needed; null when
/// there is none in this unit.
const clang::FunctionDecl *bodyOf(ParsedUnit &Unit, const clang::FunctionDecl *F);

/// The definition of \p Class, instantiated when needed; null when it has none.
const clang::CXXRecordDecl *completeClass(ParsedUnit &Unit, const clang::CXXRecordDecl *Class);

/// `Class(Arguments...)` as the language reads it: constructor chosen, arguments
/// converted, default arguments filled in. For the arguments that make_shared,
/// emplace_back or a ModuleHolder pass on. Null when no constructor fits. The
/// result is usually a CXXConstructExpr, perhaps below a cast or a temporary.
const clang::Expr *constructExpr(ParsedUnit &Unit, const clang::CXXRecordDecl *Class,
                                 llvm::ArrayRef<const clang::Expr *> Arguments,
                                 clang::SourceLocation At);

/// The initialiser written at the field, instantiated when needed; null without one.
const clang::Expr *fieldInitializer(ParsedUnit &Unit, const clang::FieldDecl *Field);

/// The default argument of \p Parameter of \p F, instantiated when needed; null without one.
const clang::Expr *defaultArgument(ParsedUnit &Unit, const clang::FunctionDecl *F,
                                   const clang::ParmVarDecl *Parameter);

} // namespace energy::frontend
