# Debian's LLVM refuses find_package(LLVM 19): its version file wants 19.1.
find_package(LLVM 19.1 REQUIRED CONFIG HINTS /usr/lib/llvm-19/lib/cmake/llvm)

# Clang and LLVM, shared: quick to link, for tests and everyday work. A target with the
# property ENERGY_STATIC_CLANG links the archives instead, which spares each of its runs
# the loading and relocation of 150 MB of libraries: a third of an analysis.
add_library(ceLLVM INTERFACE)
target_include_directories(ceLLVM SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_directories(ceLLVM INTERFACE ${LLVM_LIBRARY_DIRS})
add_library(ceClang INTERFACE)
target_link_libraries(ceClang INTERFACE ceLLVM)

set(static_clang "$<BOOL:$<TARGET_PROPERTY:ENERGY_STATIC_CLANG>>")
target_link_libraries(ceLLVM INTERFACE $<IF:${static_clang},ceStaticClang,LLVM-19>)
target_link_libraries(ceClang INTERFACE $<IF:${static_clang},ceStaticClang,clang-cpp>)

# LLVM's own targets know what they need; Clang's name the shared LLVM, so its archives
# stand here by file.
if(NOT TARGET zstd::libzstd_shared) # without the development package
  find_library(ENERGY_ZSTD NAMES zstd libzstd.so.1 REQUIRED)
  add_library(zstd::libzstd_shared UNKNOWN IMPORTED)
  set_target_properties(zstd::libzstd_shared PROPERTIES IMPORTED_LOCATION ${ENERGY_ZSTD})
endif()
set(clang_archives APINotes AST ASTMatchers Analysis Basic Driver Edit Format Frontend Index Lex
  Parse Rewrite Sema Serialization Support Tooling ToolingCore ToolingInclusions)
list(TRANSFORM clang_archives REPLACE "(.+)" "${LLVM_LIBRARY_DIRS}/libclang\\1.a")
add_library(ceStaticClang INTERFACE)
target_link_libraries(ceStaticClang INTERFACE
  -Wl,--start-group ${clang_archives} -Wl,--end-group
  LLVMFrontendOpenMP LLVMFrontendHLSL LLVMOption LLVMProfileData LLVMTargetParser LLVMWindowsDriver
  LLVMSupport)
# At a fixed address nothing is left to relocate; Z3, which no code of ours uses, goes.
target_link_options(ceStaticClang INTERFACE -no-pie -Wl,--gc-sections,--as-needed)
