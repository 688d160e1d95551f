#include "Oracle.h"
#include <iostream>
#include <string>
using namespace energy::measure;
int main(int Argc, char **Argv) {
  if (Argc >= 2 && std::string(Argv[1]) == "check") {
    OracleOptions O;
    O.AllowAbsent = Argc > 2 && std::string(Argv[2]) == "--allow-absent";
    return check(std::cin, std::cout, O);
  }
  std::cerr << "usage: energy-measure check < lines\n";
  return 2;
}
