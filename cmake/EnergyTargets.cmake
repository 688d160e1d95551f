# How every target of this project is compiled. Two kinds: add_energy_library
# for lib/ and tool/ (C++20, no exceptions, no RTTI, as LLVM is built), and
# plain CMake targets in measure/ and fitting/, which take energy_warnings().

add_library(ceLLVM INTERFACE)
target_include_directories(ceLLVM SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_directories(ceLLVM INTERFACE ${LLVM_LIBRARY_DIRS})
target_link_libraries(ceLLVM INTERFACE LLVM-19)

add_library(ceClang INTERFACE)
target_link_libraries(ceClang INTERFACE ceLLVM clang-cpp)

function(energy_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow -Wconversion
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
