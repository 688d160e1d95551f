# How every target of this project is compiled. Two kinds: add_energy_library
# for lib/ and tool/ (C++20, no exceptions, no RTTI, as LLVM is built), and
# plain CMake targets in measure/ and fitting/, which take energy_warnings().

function(energy_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow>
    $<$<BOOL:${ENERGY_WERROR}>:-Werror>)
endfunction()

function(add_energy_library name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib)
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_compile_options(${name} PRIVATE -fno-exceptions -fno-rtti)
  energy_warnings(${name})
endfunction()

function(add_energy_tool name)
  add_executable(${name} ${ARGN})
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_compile_options(${name} PRIVATE -fno-exceptions -fno-rtti)
  energy_warnings(${name})
endfunction()
