/// \file
/// Text as the document formats need it. Names and messages come from source files
/// and may hold anything.
#pragma once
#include "IR/Finding.h"
#include "Report/Report.h"
#include "llvm/ADT/StringRef.h"

namespace energy {

/// For XML and HTML text and attributes; characters that XML does not allow become '?'.
std::string markupText(llvm::StringRef Text);

/// "note", "remark", "warning" or "error".
llvm::StringRef severityText(Severity Level);
std::string percentEncoded(char C); ///< "%0A"

/// The message and, on lines of their own, its notes with their places.
std::string messageWithNotes(const Finding &F);

/// "net.cpp:14:13"; empty when there is no place.
std::string placeText(const SourceSpan &S);

/// Names a finding wherever its line moves: check, file, module and message without
/// figures, which change with every device.
std::string fingerprint(const Finding &F);

} // namespace energy
