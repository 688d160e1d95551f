#include "shared.h"

int main() { Shared()->forward(torch::randn({1, 8})); }
